"""Screens as people get them, kept as text; `python -m tests.golden.renew` writes them anew."""

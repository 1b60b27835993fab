"""Requests validated against the platforms' own published specifications."""

"""Looks for patient identifiers in text and pictures. It stands alone: no chat, no database."""

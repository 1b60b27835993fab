"""Revisions of the schema, in order; run by storage/migrating.py."""

"""Repositories, one module per subject: SQL in, records of the domain out."""

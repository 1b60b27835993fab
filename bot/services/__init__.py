"""Use cases per subject: plain functions of work, now and a request."""

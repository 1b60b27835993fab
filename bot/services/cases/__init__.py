"""Use cases about cases: the rows around a content that is never in them."""

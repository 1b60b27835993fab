"""From an arrival to an answer: registry, dispatch, forms, delivery."""

"""Use cases of the one engine that moves whatever somebody owes somebody."""

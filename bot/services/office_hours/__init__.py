"""Use cases of office hours: plain functions of work, now, who asks, and what is asked."""

"""One file per feature: its Actions, handlers and sentences. No cog imports another."""

"""The store: one schema, two engines."""

"""The text half of the identifier engine: standard library, data files, pure-Python wheels."""

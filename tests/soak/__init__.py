"""Load and kill over minutes, with real processes; `make soak`. The short form is a test."""

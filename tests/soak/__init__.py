"""Load and kill over minutes, with real processes; `make soak`. `.ci/run` has a minute of it."""

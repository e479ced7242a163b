"""The state, as values."""

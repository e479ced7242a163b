"""Text to syntax to the expression that is meant."""

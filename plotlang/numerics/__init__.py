"""Expressions to numbers: compiled, bounded, differentiated, sampled."""

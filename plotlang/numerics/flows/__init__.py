"""Differential equations, fields, and sequences."""

"""Completion, inspection, and whether a cell is complete."""

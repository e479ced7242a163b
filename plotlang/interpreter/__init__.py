"""The way through the house: cells to outcomes, pure."""

"""Sliders and other widgets in the browser."""

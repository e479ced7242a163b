"""Sliders in the browser, as ipywidgets."""

"""Models fitted to data by least squares."""

"""The Jupyter kernel: requests in, messages out."""

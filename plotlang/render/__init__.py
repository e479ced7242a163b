"""Drawings as pictures, by matplotlib."""

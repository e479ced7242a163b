"""Formulas to geometry."""

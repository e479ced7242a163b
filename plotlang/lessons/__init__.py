"""Comparing a student's graph with the wanted one, and saying in words what is different."""

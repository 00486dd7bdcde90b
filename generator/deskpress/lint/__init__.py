"""Mistakes in content: one module for each kind, pure functions from a text to findings."""

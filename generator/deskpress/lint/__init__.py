"""Mistakes of people who write: one module a kind, pure functions from a text to findings."""

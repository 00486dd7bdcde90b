"""Imports sites of other programs: a folder for each format, and what they share."""

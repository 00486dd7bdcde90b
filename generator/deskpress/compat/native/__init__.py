"""Replacements for other people's plug-ins, as part of our own build: one module for each plug-in.

Each gets the options that `mkdocs.yml` sets for the plug-in, and says which of them it does not support.
"""

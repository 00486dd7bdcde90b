"""The work of other people's plug-ins, done as part of our own build: one module for each plug-in.

Each is asked with the options that `mkdocs.yml` gives the plug-in, and says which of them it cannot honour.
"""

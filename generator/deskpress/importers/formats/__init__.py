"""A module for each format: `read` yields the documents of a source, `fits` says whether it is one."""

"""A module for each format: `read` yields what stood in a source, `fits` says whether it is one."""

"""Links by name, for sources with a link syntax of their own."""

NAMED = "import:"
"""The scheme of the target that a reader writes for such a link: `import:ref:a/b`."""

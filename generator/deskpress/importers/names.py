"""Links to names, where a source has a form of its own for them."""

NAMED = "import:"
"""The scheme in which a reader writes the target of such a link: `import:ref:a/b`."""

"""How work is done, whatever it is about: knows nothing of blogs, templates or MkDocs."""

"""How work is done, whatever it is about: knows no blog, no template and no MkDocs."""

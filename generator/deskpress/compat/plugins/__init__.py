"""Other people's plug-ins and hooks: which a site uses, and which of them need MkDocs' own loop."""

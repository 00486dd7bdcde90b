"""Other people's plug-ins and hooks: which a site has, and which of them need MkDocs' own loop."""

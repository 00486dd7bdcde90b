"""Other people's plug-ins, hooks and theme: all that knows them, and MkDocs' configuration of them."""

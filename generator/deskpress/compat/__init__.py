"""Everything about other people's plug-ins, hooks and themes, and MkDocs' configuration of them."""

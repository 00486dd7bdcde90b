"""The MkDocs adapter: reads its configuration, uses its theme, plugs into its build."""

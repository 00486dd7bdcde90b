"""The only room that knows MkDocs: reads its configuration, uses its theme, plugs into its build."""

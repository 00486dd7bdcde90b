"""The adapter for projects of Zensical: reads `zensical.toml` into a `SiteConfig`. MkDocs is not imported."""

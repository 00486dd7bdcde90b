"""HTML of others becomes Markdown of this site: parsed, cleaned, converted, and compared once rendered."""

"""Takes a built tree live. Nothing lives here yet: `site/` is published by whatever serves it."""
# y

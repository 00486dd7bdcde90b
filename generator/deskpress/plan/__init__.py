"""Decides what the site consists of and where it lies: `Site` in, `Plan` out, nothing else touched."""

"""Decides what the site consists of and the address of each output: `Site` in, `Plan` out, pure."""

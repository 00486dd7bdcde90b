"""What a build is: its inputs, what was read, what is stale, and what is written."""

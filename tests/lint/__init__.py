"""The rules about texts, and what `check` makes of the slips of people who write."""

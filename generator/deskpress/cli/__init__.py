"""The `deskpress` command: options, progress, exit codes; a module for each group of commands."""

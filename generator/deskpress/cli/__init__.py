"""The `deskpress` command: options, progress, exit codes; a module for each command."""

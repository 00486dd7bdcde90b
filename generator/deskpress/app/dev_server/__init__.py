"""`deskpress serve`: builds into a folder of the cache, watches, rebuilds, and reloads the browser."""

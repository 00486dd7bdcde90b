"""Makes the bytes of an output from its spec and its view; a template sees nothing but its view."""

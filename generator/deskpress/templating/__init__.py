"""The templates: their environment, errors with positions, compiled templates."""

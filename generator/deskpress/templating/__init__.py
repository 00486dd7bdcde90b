"""The templates: their environment, errors with places, compiled templates."""

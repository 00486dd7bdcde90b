"""Imports a site of Material for MkDocs: its configuration, its content, its addresses."""

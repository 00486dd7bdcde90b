"""Brings bytes into the site's folder: whole files only, nothing outside it, nothing left behind."""

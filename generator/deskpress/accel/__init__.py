"""Faster stages of Python-Markdown and Jinja. Without this folder all is made the same, slower."""

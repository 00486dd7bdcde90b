"""Faster stages of Python-Markdown and Jinja. Without this folder the output is the same, only slower."""

"""Writes down what a hosted help center's API answers, as a folder that `deskpress import` reads."""

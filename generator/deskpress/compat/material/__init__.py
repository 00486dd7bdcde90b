"""Material's settings, and what of them is supported here."""

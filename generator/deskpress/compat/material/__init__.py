"""What Material's settings ask for, and what of it works here."""

"""What a site is made of: frozen values that check themselves and import no other folder."""

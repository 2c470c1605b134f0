"""How numbers and times are written, per language; what is not here is Django's own."""

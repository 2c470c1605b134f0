"""French numbers and hours: Django parts thousands by U+00A0, which is as wide as a space between words."""

THOUSAND_SEPARATOR = "\u202f"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "j F Y à G\u00a0\\h\u00a0i"

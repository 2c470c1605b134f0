"""What keeps robots from the form."""

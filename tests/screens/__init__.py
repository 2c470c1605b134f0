"""What the pages look like, for eyes: `make screens` takes the pictures of docs/screens/."""

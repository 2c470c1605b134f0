"""What staff may put into the site as files: looked at by extension and by content, in one place for all ways in."""

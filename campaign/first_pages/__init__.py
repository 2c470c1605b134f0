"""The pages that a site begins with: how pages are written in two languages, and those that every site must have."""

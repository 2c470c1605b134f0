"""What stands behind the make targets. Standard library only: it runs before anything is installed."""

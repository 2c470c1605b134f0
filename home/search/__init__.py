"""Search in what readers can open: the words kept of each page, what is asked for, and how what is found is shown."""

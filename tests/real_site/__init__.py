"""The site as it runs: a database of its own, gunicorn, the worker, a mail server, a list's provider, a browser.

`fixtures.py` gives it to the tests as `site`, `visitor_of`, `browse`. Nothing of it runs in the tests' process but
the mail server, the provider and the browser's driver, so what the programs say and store is all that there is.
"""

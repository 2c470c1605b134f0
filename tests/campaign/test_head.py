"""HEAD tells what GET would, and sends nothing after it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/robots.txt", "/nothing-here/"])
def test_head_has_the_headers_of_get_and_no_body(path):
    handler = WSGIHandler()
    answers = {}
    for method in ("get", "head"):
        started = {}
        environ = getattr(RequestFactory(), method)(path).environ
        body = b"".join(
            handler(environ, lambda status, headers, kept=started: kept.update(headers, status=status))
        )
        answers[method] = started, body
    assert answers["head"][1] == b""
    assert answers["get"][1]
    assert answers["head"][0] == answers["get"][0]

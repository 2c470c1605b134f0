"""The demo's mailbox in the browser. Its addresses exist in the demo alone."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign.demo import mail

# Mails have inline styles, which pages of the site may not have; the sandbox takes away everything else.
HTML_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [NONE],
    "sandbox": [
        "allow-top-navigation-by-user-activation",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    ],
}
MOST = 100  # mails in the list: a demo's worth, and a page that loads at once


def private(view):
    """Keep a page of the mailbox out of caches and search engines, and GET-only."""

    @require_safe
    @never_cache
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def stored(name: str) -> mail.StoredMail:
    """Return a mail, or answer 404."""
    found = mail.read(name)
    if found is None:
        raise Http404
    return found


@private
def mailbox(request) -> HttpResponse:
    """List the newest mails."""
    return render(request, "demo/mailbox.html", {"mails": list(mail.newest(MOST))})


@private
def message(request, name: str) -> HttpResponse:
    """Show one mail: its headers and its text; the HTML part has an address of its own."""
    found = stored(name)
    context = {"mail": found, "text": found.part("plain"), "has_html": bool(found.part("html"))}
    return render(request, "demo/message.html", context)


@csp(HTML_POLICY)
@private
def html_part(request, name: str) -> HttpResponse:
    """Show the HTML part as a mail program would: nothing loaded, no script; links open as usual."""
    html = stored(name).part("html")
    if not html:
        raise Http404
    return HttpResponse(html)

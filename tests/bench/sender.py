"""Forms sent one by one from Python, each on a connection of its own, with the time that each answer took."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from unittest import mock
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from petition.captcha import ticket
from petition.enums import ConsentPurpose
from petition.models import Petition
from petition.services.texts import current_text
from petition.services.wording import current_consent_texts
from tests.answers import worked_out
from tests.bench.running import SLUG, RunningSite

PATIENCE = 30  # seconds for one answer
LONG_ENOUGH_AGO = timedelta(minutes=1)


@dataclass(frozen=True)
class Answer:
    """One answer: its status (0 where none came), how long it took, and how far behind its turn it was asked for."""

    status: int
    ms: float
    late_ms: float = 0


class Forms:
    """Makes filled forms of the demo's petition, as a page that was open for a minute holds them."""

    def __init__(self) -> None:
        petition = Petition.objects.get(slug=SLUG)
        text, shown = current_text(petition, "fr"), current_consent_texts(petition, "fr")
        assert text is not None
        self.petition, self.text_id = petition, text.pk
        self.consent_ids: dict[ConsentPurpose, int] = {purpose: words.pk for purpose, words in shown.items()}
        self.path = reverse("sign", args=[SLUG])

    def filled(self, email: str, *, answered: bool = True) -> str:
        """Return the body of one form, with what a browser works out, or without."""
        earlier = timezone.now() - LONG_ENOUGH_AGO
        with mock.patch.object(ticket.timezone, "now", return_value=earlier):
            issued = ticket.issue(self.petition.pk, self.text_id, self.consent_ids)
        typed = {
            "first_name": "Essai",
            "last_name": "Essai",
            "email": email,
            "country": "FR",
            "agree_sign": "on",
        }
        answer = {"altcha": worked_out(issued)} if answered else {}
        return urlencode({**typed, "ticket": issued, **answer})


def send(site: RunningSite, path: str, body: str, address: str) -> Answer:
    """Send one form from an address that the trusted proxy tells, and wait for its answer."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", site.listener.getsockname()[1], timeout=PATIENCE)
    headers = {
        "Origin": site.url,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": address,
        "Connection": "close",
    }
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return Answer(answer.status, (time.perf_counter() - begun) * 1000)
    except OSError:
        return Answer(0, (time.perf_counter() - begun) * 1000)
    finally:
        connection.close()


class Stream(threading.Thread):
    """Sends one form after the other at a steady rate, from threads of its own, whether or not answers come."""

    def __init__(
        self, rate: float, forms: list[tuple[str, str]], put: Callable[[str, str], Answer], hands: int
    ):
        super().__init__(daemon=True)
        self.rate, self.put, self.hands = rate, put, hands
        self.answers: list[Answer] = []
        self.begun = self.ended = 0.0
        self._turns: Iterator[tuple[int, tuple[str, str]]] = iter(enumerate(forms))
        self._lock = threading.Lock()

    @property
    def per_second(self) -> float:
        """How many forms a second were really answered."""
        return len(self.answers) / (self.ended - self.begun)

    def run(self) -> None:
        """Send all of them; ends when the last one is answered."""
        self.begun = time.perf_counter()
        hands = [threading.Thread(target=self._send, daemon=True) for _ in range(self.hands)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        self.ended = time.perf_counter()

    def _send(self) -> None:
        while True:
            with self._lock:
                turn = next(self._turns, None)
            if turn is None:
                return
            number, (body, address) = turn
            due = self.begun + number / self.rate
            time.sleep(max(0.0, due - time.perf_counter()))
            late = (time.perf_counter() - due) * 1000
            answer = self.put(body, address)
            self.answers.append(Answer(answer.status, answer.ms, late))

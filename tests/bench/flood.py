"""A flood of forms from one prefix beside people who sign: both loads at once, each at its own rate."""

from collections import Counter
from dataclasses import dataclass
from statistics import quantiles

from django.db import connection

from deploy.steps import Fault
from petition.limits import NETWORK_HARD_PER_HOUR
from tests.bench.running import RunningSite
from tests.bench.sender import Answer, Forms, Stream, send

FLOOD_RATE, PEOPLE_RATE = 200, 20  # forms a second
HANDS = {"flood": 64, "people": 24}  # how many answers each may wait for at once
WARM_UP_SECONDS = 2


@dataclass(frozen=True)
class Told:
    """What one stream was answered: how often with which status, and how long that took (ms)."""

    per_second: float
    statuses: Counter[int]
    p50: float
    p95: float
    p99: float
    worst: float

    @classmethod
    def of(cls, stream: Stream) -> "Told":
        took = sorted(answer.ms + max(0.0, answer.late_ms) for answer in stream.answers)
        cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
        statuses = Counter(answer.status for answer in stream.answers)
        return cls(stream.per_second, statuses, cuts[49], cuts[94], cuts[98], took[-1])

    def row(self, name: str) -> str:
        """Return one row of the table."""
        statuses = ", ".join(f"{number:,} × {status}" for status, number in sorted(self.statuses.items()))
        times = " | ".join(f"{found:.0f}" for found in (self.p50, self.p95, self.p99, self.worst))
        return f"| {name} | {self.per_second:.0f} | {statuses} | {times} |"


def measure(site: RunningSite, seconds: float) -> dict[str, Told]:
    """Let people sign for so long, first alone, then beside a flood. Raises Fault where one of them gets no 303."""
    forms = Forms()
    people = int(PEOPLE_RATE * seconds)
    alone = [_person(forms, f"allein-{number}", number) for number in range(people)]
    beside = [_person(forms, f"essai-{number}", people + number) for number in range(people)]
    flood = [
        (forms.filled(f"flut-{number}@exemple.fr", answered=False), f"203.0.113.{number % 250 + 1}")
        for number in range(int(FLOOD_RATE * seconds))
    ]
    connection.close()

    def put(body: str, address: str) -> Answer:
        return send(site, forms.path, body, address)

    for number in range(int(PEOPLE_RATE * WARM_UP_SECONDS)):
        send(site, forms.path, "", f"14.0.{number}.7")
    first = Stream(PEOPLE_RATE, alone, put, HANDS["people"])
    first.start()
    first.join()
    second = Stream(PEOPLE_RATE, beside, put, HANDS["people"])
    flooding = Stream(FLOOD_RATE, flood, put, HANDS["flood"])
    for stream in (flooding, second):
        stream.start()
    for stream in (flooding, second):
        stream.join()
    told = {
        "people alone": Told.of(first),
        "people beside the flood": Told.of(second),
        "the flood": Told.of(flooding),
    }
    _refuse(told)
    return told


def table(told: dict[str, Told]) -> str:
    """Return the figures as a table."""
    head = "| load | answered per second | answers | p50 ms | p95 ms | p99 ms | worst ms |"
    return "\n".join([head, "| --- |" + " --- |" * 6, *(found.row(name) for name, found in told.items())])


def _person(forms: Forms, name: str, number: int) -> tuple[str, str]:
    return forms.filled(f"{name}@exemple.fr"), f"15.{number // 256}.{number % 256}.7"


def _refuse(told: dict[str, Told]) -> None:
    """Refuse a run in which somebody else was hindered, the flood wasn't, or somebody had no answer."""
    faults = [
        f"{name}: {dict(found.statuses)} instead of 303 alone"
        for name, found in told.items()
        if name != "the flood" and set(found.statuses) != {303}
    ]
    taken = told["the flood"].statuses
    if set(taken) - {303, 429} or taken[303] > NETWORK_HARD_PER_HOUR // 2:
        faults.append(f"the flood: {dict(taken)}")
    if faults:
        raise Fault("FAILED: " + "; ".join(faults))

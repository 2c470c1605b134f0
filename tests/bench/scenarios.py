"""The story: at each size the same four scenarios, and PostgreSQL alone beside the two that write.

Imported once Django is set up for the site that is measured.
"""

from dataclasses import dataclass
from pathlib import Path

from deploy.steps import Fault, say
from tests.bench.capture import capture
from tests.bench.check import COUNTS, Tables, faults_of_load, faults_of_rows
from tests.bench.cpu import Usage, watched
from tests.bench.load import Load, put_load
from tests.bench.pgbench import Alone, run_pgbench
from tests.bench.pools import (
    AT_MOST_PER_SECOND,
    names_that_pgbench_counts,
    write_confirm_pool,
    write_sign_pool,
)
from tests.bench.running import SLUG, RunningSite
from tests.bench.server import Server

READ = {"petition_page": "/petition/", "count_json": f"/api/petitions/{SLUG}/count.json"}
WRITE = ("sign", "confirm")
SCENARIOS = [*WRITE, *READ]  # in the order in which they are told
WARM_UP_SECONDS = 1
WARM_UP_ROWS = 3_000
OF_THE_WARM_UP = 10_000_000  # the first number of its signers: none of those that are measured


@dataclass(frozen=True)
class Figure:
    """One scenario at one size: what wrk counted, who used the processors, and the same for PostgreSQL alone."""

    scenario: str
    rows: int
    load: Load
    usage: Usage
    alone: Alone | None = None
    alone_usage: Usage | None = None


class Bench:
    """One run. `base` is the database that all others are copied from: content, and nobody has signed."""

    def __init__(self, server: Server, site: RunningSite, base: str, seconds: float):
        self.server, self.site, self.base, self.seconds = server, site, base, seconds
        self.web, self.copy = f"{base}_web", f"{base}_copy"
        self.postmaster = server.postmaster()
        self.scripts: dict[str, str] = {}

    def measure(self, rows: int) -> list[Figure]:
        """Bring the base to so many confirmed signatures, and measure all scenarios. Raises Fault where rows differ."""
        if rows:
            self.site.manage(
                f"Adding made-up signers: {rows:,} in all",
                "seed_signatures",
                f"--petition={SLUG}",
                f"--count={rows}",
                DATABASE_URL=self.server.url_of(self.base),
            )
        self.server.tidy(self.base)
        self.server.make(self.web, like=self.base)
        self.site.start()
        try:
            self._warm_up()
            self.scripts = self.scripts or capture(self.server, self.site, self.web, self.site.folder)
            return [self._read(name, rows) for name in READ] + [self._write(name, rows) for name in WRITE]
        finally:
            self.site.stop()
            for database in (self.web, self.copy):
                self.server.drop(database)

    def _warm_up(self) -> None:
        say("· Warming up: connections, caches, the day's key")
        for path in READ.values():
            self._warm_up_with("read.lua", self.site.url + path)
        pool = self.site.folder / "warm.pool"
        write_sign_pool(pool, OF_THE_WARM_UP, WARM_UP_ROWS)
        self._warm_up_with("sign.lua", self.site.url, pool)
        write_confirm_pool(pool, (f"warm-{number}" for number in range(WARM_UP_ROWS)))
        self._warm_up_with("confirm.lua", self.site.url, pool)

    @staticmethod
    def _warm_up_with(script: str, url: str, pool: Path | None = None) -> None:
        _refuse(f"warming up with {script}", faults_of_load(put_load(script, url, WARM_UP_SECONDS, pool)))

    def _read(self, scenario: str, rows: int) -> Figure:
        return self._load(scenario, rows, "read.lua", self.site.url + READ[scenario])

    def _write(self, scenario: str, rows: int) -> Figure:
        pool = self.site.folder / f"{scenario}.pool"
        count = int(AT_MOST_PER_SECOND[scenario] * max(1, self.seconds))
        say(f"· Making what {scenario} needs: {count:,} times")
        if scenario == "sign":
            write_sign_pool(pool, 0, count)
        else:
            write_confirm_pool(pool, names_that_pgbench_counts(count))
        self.server.tidy(self.web)
        self.server.make(self.copy, like=self.web)
        figure = self._load(scenario, rows, f"{scenario}.lua", self.site.url, pool)
        alone, usage = self._alone(scenario)
        self.server.drop(self.copy)
        return Figure(scenario, rows, figure.load, figure.usage, alone, usage)

    def _load(self, scenario: str, rows: int, script: str, url: str, pool: Path | None = None) -> Figure:
        assert self.site.process
        before = self.server.counts(COUNTS, self.web)
        with watched(self.site.process.pid, self.postmaster) as usage:
            load = put_load(script, url, self.seconds, pool)
        after = self.server.counts(COUNTS, self.web)
        faults = faults_of_load(load) + faults_of_rows(scenario, load.good, Tables(before, after))
        _refuse(f"{scenario} at {rows:,}", faults)
        say(f"  {scenario} at {rows:,}: {load.per_second:,.0f}/s; processors: {usage.in_words()}")
        return Figure(scenario, rows, load, usage)

    def _alone(self, scenario: str) -> tuple[Alone, Usage]:
        before = self.server.counts(COUNTS, self.copy)
        with watched(None, self.postmaster) as usage:
            alone = run_pgbench(self.server, self.copy, self.scripts[scenario], self.seconds)
        after = self.server.counts(COUNTS, self.copy)
        faults = [f"{alone.failed} transactions failed"] if alone.failed else []
        faults += faults_of_rows(scenario, alone.transactions, Tables(before, after))
        _refuse(f"pgbench on {scenario}", faults)
        say(f"  pgbench, same statements: {alone.per_second:,.0f}/s; processors: {usage.in_words()}")
        return alone, usage


def _refuse(what: str, faults: list[str]) -> None:
    if faults:
        raise Fault("\n".join([f"FAILED: {what}: no figure of this run may be believed.", *faults]))

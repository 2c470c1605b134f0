"""One whole run of the benchmark, inside the virtual environment, on the server of DATABASE_URL.

python -m tests.bench.measure [--rows 0 100000] [--seconds 10] [--out var/bench.json] [--tries 2000] [--flood 0]
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.steps import VAR, holding, run_main, say
from tests.bench.running import RunningSite
from tests.bench.server import Server

ROWS = (0, 100_000)
SECONDS = 10.0
TRIES = 2_000
OUT = VAR / "bench.json"


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description="ARGS=… hands these on.")
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS, help="confirmed signatures, growing")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each scenario")
    parser.add_argument("--out", type=Path, default=OUT, help="where the figures go")
    parser.add_argument("--tries", type=int, default=TRIES, help="whether the time tells who is known")
    parser.add_argument("--flood", type=float, default=0, help="seconds of a flood beside people who sign")
    parser.add_argument("--report", type=Path, help="where the flood's table goes as well")
    asked = parser.parse_args(words)
    asked.rows = sorted(set(asked.rows))
    return asked


def main() -> int:
    """Measure, print, write. Without a file of figures unless every one of them may be believed."""
    asked = options(sys.argv[1:])
    asked.out.unlink(missing_ok=True)
    server = Server(os.environ["DATABASE_URL"])
    with tempfile.TemporaryDirectory(prefix="petition-bench-") as folder, _site(server, Path(folder)) as site:
        _set_up_django(site)
        from tests.bench import report
        from tests.bench.scenarios import SCENARIOS, Bench

        say(report.conditions(server, asked.seconds))
        bench = Bench(server, site, _base(site), asked.seconds)
        figures = [figure for rows in asked.rows for figure in bench.measure(rows)]
        if figures:
            figures.sort(key=lambda figure: SCENARIOS.index(figure.scenario))
            say(
                f"\n{report.table(figures)}\n\n{report.against_the_aims(figures)}\n{report.disturbed(figures)}"
            )
        _measure_people(server, site, asked)
        if figures:
            report.write(asked.out, figures)
            say(f"· Written: {asked.out}")
    return 0


def _measure_people(server: Server, site: RunningSite, asked: argparse.Namespace) -> None:
    """Measure what is about single people: whether the time of an answer tells who is known, and a flood."""
    from tests.bench import enumeration, flood

    if not asked.tries and not asked.flood:
        return
    with _running(server, site):
        if asked.tries:
            say(f"\n{enumeration.measure(site, asked.tries).in_words()}")
        table = flood.table(flood.measure(site, asked.flood)) if asked.flood else ""
    if table:
        say(f"\n{table}")
        if asked.report:
            asked.report.write_text(f"{table}\n", encoding="utf-8")


@contextmanager
def _running(server: Server, site: RunningSite) -> Iterator[None]:
    """Run the site on a database that is as the base."""
    database = site.database_url.rpartition("/")[2]
    server.drop(database)
    server.make(database, like=_base(site))
    site.start()
    try:
        yield
    finally:
        site.stop()
        server.drop(database)


@contextmanager
def _site(server: Server, folder: Path) -> Iterator[RunningSite]:
    """Make a base with the demo's content; what was started and made ends with the block, whatever happens."""
    base = f"bench_{secrets.token_hex(4)}"
    site = RunningSite(folder, server.url_of(f"{base}_web"))
    try:
        server.make(base)
        on_base = {"DATABASE_URL": server.url_of(base)}
        site.manage("Collecting style sheets, scripts and images", "collectstatic", "--noinput")
        site.manage("Compiling the translations", "compile_catalogues")
        site.manage("Making the database", "migrate", "--noinput", **on_base)
        site.manage("Writing the content and the petition", "seed_demo", DEMO="1", **on_base)
        yield site
    finally:
        with holding():
            site.close()
            for database in (base, f"{base}_web", f"{base}_copy"):
                server.drop(database)


def _base(site: RunningSite) -> str:
    return site.database_url.rpartition("/")[2].removesuffix("_web")


def _set_up_django(site: RunningSite) -> None:
    """Let this process make rows, tickets and links as the site itself would."""
    os.environ.update(site.environment())
    import django

    django.setup()


if __name__ == "__main__":
    run_main(main)

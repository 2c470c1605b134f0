"""The load generator: run wrk on one scenario, and read what it counted."""

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy.steps import Fault, call

CONNECTIONS = 16  # twice the site's threads, so that both of its processes always have something to do
ONE_THREAD = 1  # wrk needs a tenth of what the site needs; the scripts rely on it
TIMEOUT = 10  # seconds for one answer; never met when all is well
TO_FINISH = 10  # seconds that the last requests have after the time is over; wrk ends once they are answered
SCRIPTS = Path("tests/bench")  # relative to the project's folder, where wrk is run


@dataclass(frozen=True)
class Load:
    """What wrk counted; `seconds` from the first request sent to the last answer, errors of its sockets by kind."""

    sent: int
    answered: int
    good: int
    ran_out: int
    seconds: float
    connect: int
    read: int
    write: int
    timeout: int
    p50_ms: float
    p95_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Expected answers per second."""
        return self.good / self.seconds if self.seconds > 0 else 0.0

    def socket_errors(self) -> dict[str, int]:
        """Return wrk's own count of connections and answers that failed."""
        return {name: getattr(self, name) for name in ("connect", "read", "write", "timeout")}

    @property
    def errors(self) -> int:
        """All that was not the expected answer."""
        return self.sent - self.good + sum(self.socket_errors().values())


def put_load(script: str, url: str, seconds: float, pool: Path | None = None) -> Load:
    """Run wrk with one of our scripts on an address of this machine for so many seconds."""
    whole = int(seconds) + TO_FINISH
    command = ["wrk", "-t", ONE_THREAD, "-c", CONNECTIONS, "-d", f"{whole}s", "--timeout", f"{TIMEOUT}s"]
    command += ["-s", SCRIPTS / script, url, "--", seconds, *([pool] if pool else [])]
    with tempfile.TemporaryFile("w+") as said:
        status = call([str(word) for word in command], stdout=said, stderr=subprocess.STDOUT)
        said.seek(0)
        words = said.read()
    result = re.search(r"^RESULT (\{.*\})$", words, re.MULTILINE)
    if status or not result:
        raise Fault(f"wrk failed (status {status}): {words.strip()[-300:]}")
    return Load(**json.loads(result[1]))

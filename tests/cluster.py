"""A throw-away PostgreSQL server for one run of the tests. Standard library only."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deploy.steps import ROOT, Fault, say
from tests.system_packages import postgresql_programs

TRIES = 3  # another program may take the free port between our look and the server's start


@contextlib.contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Run a server and give its DATABASE_URL. It ends with the block, and also when this process is killed.

    `durable`: with PostgreSQL's own settings, so that each commit waits for the disk; else as fast as may be.
    """
    programs = postgresql_programs()
    assert programs, "need('postgresql') comes first"
    say(f"· Starting a throw-away PostgreSQL server ({programs})")
    for _ in range(TRIES):
        keeper, url, words = _start(programs, durable)
        if keeper:
            break
    else:
        raise Fault(f"The PostgreSQL server for the tests did not start: {words}")
    try:
        yield url
    finally:
        assert keeper.stdin
        keeper.stdin.close()
        keeper.wait()


def _start(programs: Path, durable: bool) -> tuple[subprocess.Popen[str] | None, str, str]:
    # Under /tmp: a socket's path may hold 107 characters, and TMPDIR may be root's own.
    folder = Path(tempfile.mkdtemp(prefix="petition-pg-", dir="/tmp"))
    password = secrets.token_urlsafe(16)
    (folder / "password").write_text(password)
    shutil.copy(
        ROOT / "tests" / "keep_cluster.sh", folder
    )  # the project's folder may be closed to the other user
    as_user = _as_postgres(folder)
    port = _free_port()
    keeper = subprocess.Popen(
        [
            *as_user,
            "sh",
            folder / "keep_cluster.sh",
            programs,
            folder,
            str(port),
            "durable" if durable else "",
        ],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the server outlives them by a moment
    )
    assert keeper.stdout
    first = keeper.stdout.readline().strip()
    if first == "ready":
        return keeper, f"postgres://petition:{password}@127.0.0.1:{port}/postgres", ""
    words = " ".join([first, *keeper.stdout.read().split()])
    keeper.wait()
    shutil.rmtree(folder, ignore_errors=True)
    return None, "", words


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses root: hand the folder to its own user, and run as that."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise Fault(
            "PostgreSQL refuses to run as root and there is no user postgres: "
            "make one (useradd --system postgres), or run the tests as an ordinary user."
        ) from None
    for path in (folder, *folder.iterdir()):
        os.chown(path, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""How is the whole portal run with one command: web server and worker, started and stopped together?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

import click
from flask import current_app

STOPPING_SECONDS = 20


def serving_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that ends in serving."""
    for option in (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on."),
        click.option("--workers", default=1, show_default=True, envvar="PORTAL_WORKERS", help="Web server processes."),
    ):
        command = option(command)
    return command


@click.command("serve")
@serving_options
def serve(host: str, port: int, workers: int) -> None:
    """Run the web server and the worker beside it until Ctrl-C; when one ends, both do."""
    commands = {
        "web server": [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", str(_threads()), "--respawn-failed-workers", "--no-access-log",
            "--log-level", "warning", "wsgi:app",
        ],
        "worker": [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
    }  # fmt: skip
    sys.stdout.flush()
    click.echo(f"Talqy answers at {current_app.config['SETTINGS'].base_url}  (Ctrl-C stops it)")
    # a session of their own, so that Ctrl-C reaches them through us, in order
    running = {
        name: subprocess.Popen(command, start_new_session=True, env={**os.environ, "PORT": str(port)})
        for name, command in commands.items()
    }
    sys.exit(_watch(running))


def _threads() -> int:
    """As many as the server thinks fit for the machine: some wait for the disk or the network while others work."""
    return 2 * (os.cpu_count() or 1) + 1


def _watch(running: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait for a signal or for one process to end, then stop all; the exit status for the shell."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    while not asked and all(process.poll() is None for process in running.values()):
        time.sleep(0.2)
    ended = [name for name, process in running.items() if process.poll() is not None]
    if not asked:
        click.echo(f"The {ended[0]} ended by itself; stopping.", err=True)
    _stop(running)
    click.echo("Stopped.")
    return 0 if asked else 1


def _stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOPPING_SECONDS
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


commands = [serve]

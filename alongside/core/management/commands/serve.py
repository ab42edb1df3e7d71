"""``manage.py serve``: run the web server and the workers together."""

import http.client
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from alongside.core import jobs, web
from alongside.core.supervise import Child, Supervisor
from alongside.core.worker import Worker


def _answers(host: str, port: int) -> bool:
    """Whether the page that says "alive" is there."""
    name = next((name for name in settings.ALLOWED_HOSTS if name.strip("*.")), "localhost")
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _work() -> None:
    worker = Worker()
    worker.obey_signals()
    worker.work()


class Command(BaseCommand):
    """Runs the web server and the workers, restarts what dies, and stops them together."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and how many workers."""
        parser.add_argument("--host", default="127.0.0.1", help="The address to listen on.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--jobs",
            type=int,
            default=settings.JOB_WORKERS,
            help="How many job workers; 0 where they run apart.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve."""
        host, port = options["host"].strip("[]"), options["port"]
        try:
            listener = web.open_listener(host, port)
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host} port {port}: {error.strerror}. "
                "Choose another with PORT, or stop what uses it."
            ) from error
        web.load_everything()
        jobs.discover()
        connections.close_all()  # a connection must not cross a fork

        def serve_web() -> int:
            web.WebServer(listener).run()
            return 0

        children = [Child("The web server", serve_web)]
        for number in range(options["jobs"]):
            children.append(Child(f"Job worker {number + 1}", _work))

        reach = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
        shown = f"[{reach}]" if ":" in reach else reach
        said = False

        def say_when_ready() -> None:
            nonlocal said
            if not said and _answers(reach, port):
                said = True
                self.stdout.write(f"Alongside is ready at http://{shown}:{port}/")
                self.stdout.flush()

        Supervisor(children, each_tick=say_when_ready).run()

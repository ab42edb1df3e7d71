"""The web server: gunicorn with sync workers, forked from a process that has loaded everything."""

import importlib
import os
import socket
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from alongside.core.logs import Lines
from alongside.core.supervise import die_with_parent


class Discreet(Logger):
    """The web server's log, written like the product's own: see ``core/logs.py``."""

    def setup(self, cfg: Any) -> None:
        """Open the logs."""
        super().setup(cfg)
        for log, words in ((self.error_log, self.error_fmt), (self.access_log, self.access_fmt)):
            for handler in log.handlers:
                handler.setFormatter(Lines(words, self.datefmt))


def _after_fork(arbiter: object, worker: object) -> None:
    """Let no worker go on answering for a master that is gone: gunicorn looks every 30 s only."""
    die_with_parent()


class WebServer(BaseApplication):
    """gunicorn, set up from Django's settings, on a socket that is open already."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own defaults."""
        chosen: dict[str, Any] = {
            "bind": f"fd://{self.listener.detach()}",
            "workers": settings.WEB_WORKERS,
            "worker_class": "sync",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 30,
            "max_requests": 5000,  # a worker starts afresh now and then, not all at once
            "max_requests_jitter": 1000,
            "loglevel": "warning",
            "logger_class": Discreet,
            "control_socket_disable": True,
            "post_fork": _after_fork,
        }
        if settings.ACCESS_LOG:
            # Method, path, status, bytes, milliseconds: no query string, no address of a reader.
            chosen.update(accesslog="-", access_log_format="%(m)s %(U)s %(s)s %(B)s %(M)s")
        if os.path.isdir("/dev/shm"):  # noqa: S108  (gunicorn's sign of life; a disk may stall)
            chosen["worker_tmp_dir"] = "/dev/shm"  # noqa: S108
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application, loaded before the fork."""
        return get_wsgi_application()


def load_everything() -> None:
    """Load pages and middleware now, so that processes forked later share the memory."""
    get_wsgi_application()
    importlib.import_module(settings.ROOT_URLCONF)
    _ = get_resolver().url_patterns


def open_listener(host: str, port: int) -> socket.socket:
    """Open the socket to listen on. Raises OSError where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host.strip("[]"), port), family=family, backlog=2048)

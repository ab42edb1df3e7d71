"""A browser without a window: asks the WSGI application as gunicorn would."""

from __future__ import annotations

import io
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.wsgi import get_wsgi_application

HOST = "localhost"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r"<(input|textarea|select)\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

_application: Any = None


def application() -> Any:
    """Return the application, made once for a process."""
    global _application
    if _application is None:
        _application = get_wsgi_application()
    return _application


class Answer:
    """What came back."""

    def __init__(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        self.status = int(status.split()[0])
        self.headers = {name.lower(): value for name, value in headers}
        self.content = content
        self._set_cookies = [value for name, value in headers if name.lower() == "set-cookie"]

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()

    @property
    def location(self) -> str:
        """Where it sends us, as a path."""
        parts = urlsplit(self.headers["location"])
        return parts.path + (f"?{parts.query}" if parts.query else "")


class Browser:
    """Keeps its cookies and sends the token back, as a browser does."""

    def __init__(self, session_key: str = "") -> None:
        from django.conf import settings

        self.cookies: dict[str, str] = {}
        self.token = ""
        if session_key:
            self.cookies[settings.SESSION_COOKIE_NAME] = session_key

    def get(self, path: str, expect: int = 200) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"", expect)

    def post(self, path: str, fields: Any = (), expect: int = 302) -> Answer:
        """Send a form, with the token of the last page read."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        body = urlencode([("csrfmiddlewaretoken", self.token), *pairs], doseq=True).encode()
        return self._ask("POST", path, body, expect)

    def _ask(self, method: str, path: str, body: bytes, expect: int) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"https://{HOST}",
            "HTTP_USER_AGENT": "benchmarks",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        started: list[Any] = []
        chunks = application()(environ, lambda *given: started.extend(given))
        try:
            content = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        answer = Answer(started[0], started[1], content)
        for line in answer._set_cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if method == "GET" and answer.headers.get("content-type", "").startswith("text/html"):
            found = TOKEN.search(answer.text)
            self.token = found[1] if found else self.token
        if answer.status != expect:
            raise WrongAnswer(method, path, answer, expect)
        return answer


class WrongAnswer(Exception):  # noqa: N818  (as Refused is)
    """A page did not answer as it should: the benchmark means nothing."""

    def __init__(self, method: str, path: str, answer: Answer, expect: int) -> None:
        words = re.sub(r"<[^>]+>|\s+", " ", answer.text)
        self.answer = answer
        super().__init__(f"{method} {path}: {answer.status}, not {expect}: {words[:600]}")


def hidden_fields(answer: Answer) -> list[tuple[str, str]]:
    """Return the hidden fields of a page, to send them back."""
    found = []
    for tag in FIELD.finditer(answer.text):
        facts = dict(ATTRIBUTE.findall(tag[0]))
        if facts.get("type") == "hidden" and facts.get("name") != "csrfmiddlewaretoken":
            found.append((facts["name"], facts.get("value", "")))
    return found

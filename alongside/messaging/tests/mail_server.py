"""A mail server for tests, on this machine only, that fails where it is told to."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType

HANG_UP = "hang up"


@dataclass
class MailServer:
    """Speaks enough SMTP. ``answers`` maps a step to what is said there instead of "yes".

    Steps: greet, EHLO, MAIL, RCPT, DATA, words (after the last line of the message). ``HANG_UP``
    closes the connection there. ``hold`` waits for ``release`` after the words came, saying nothing.
    """

    answers: dict[str, str] = field(default_factory=dict)
    hold: bool = False
    taken: list[bytes] = field(default_factory=list)  # messages whose words came whole
    to: list[str] = field(default_factory=list)

    def __enter__(self) -> MailServer:
        self.release = threading.Event()
        self.came = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.stopped = False
        self.guests: list[threading.Thread] = []
        self.host = threading.Thread(target=self._listen, daemon=True)
        self.host.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped = True
        self.release.set()
        with socket.create_connection(("127.0.0.1", self.port)):
            pass  # wakes the door
        self.host.join(5)
        for guest in self.guests:
            guest.join(5)
        self.door.close()

    def mails(self) -> list[EmailMessage]:
        """Return what came, read."""
        return [message_from_bytes(raw, policy=SMTP) for raw in self.taken]  # type: ignore[misc]

    def _listen(self) -> None:
        while not self.stopped:
            line, _where = self.door.accept()
            if self.stopped:
                line.close()
                return
            guest = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self.guests.append(guest)
            guest.start()

    def _serve(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as heard:
            try:
                self._talk(line, heard)
            except OSError:
                return  # the other side died: that is what some tests are about

    def _say(self, line: socket.socket, step: str, usual: str) -> bool:
        words = self.answers.get(step, usual)
        if words == HANG_UP:
            return False
        line.sendall(f"{words}\r\n".encode())
        return True

    def _talk(self, line: socket.socket, heard: object) -> None:
        if not self._say(line, "greet", "220 test"):
            return
        while said := heard.readline():  # type: ignore[attr-defined]
            word = said.decode().split(":", 1)[0].split()[0].upper()
            if word == "RCPT":
                self.to.append(said.decode().strip())
            if word == "QUIT":
                line.sendall(b"221 bye\r\n")
                return
            usual = "354 go on" if word == "DATA" else "250 yes"
            if not self._say(line, word, usual):
                return
            if word == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                words = b""
                while not words.endswith(b"\r\n.\r\n"):
                    more = heard.readline()  # type: ignore[attr-defined]
                    if not more:
                        return
                    words += more
                self.taken.append(words.removesuffix(b".\r\n"))
                self.came.set()
                if self.hold:
                    self.release.wait(30)
                    return
                if not self._say(line, "words", "250 taken"):
                    return


def wait_for(what: object, seconds: float = 20) -> None:
    """Wait until the function says yes. Raises where it never does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("It never happened")

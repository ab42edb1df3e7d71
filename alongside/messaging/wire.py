"""Speaking SMTP, so that we always know how far a message got.

There are four answers and no fifth: it was taken; it was never handed over and may be tried again;
it was refused for good; or the words had begun to go and nobody said what became of them.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP as LINES

from django.conf import settings

IMPLICIT_TLS_PORT = 465


class NotHandedOver(Exception):  # noqa: N818  (they are answers, not accidents)
    """The server does not have the message. Trying again later is safe."""


class TurnedAway(Exception):  # noqa: N818
    """The server will not take it, today or tomorrow."""


class FateUnknown(Exception):  # noqa: N818
    """The words had begun to go, and no answer came. It may have arrived."""


def hand_over(mail: EmailMessage, *, sender: str, to: str) -> None:
    """Give one message to the mail server, or raise one of the three other answers."""
    server = _greet()
    try:
        _envelope(server, sender=sender, to=to)
        _words(server, mail.as_bytes(policy=LINES))
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()  # it has the message; how we part is of no matter
    finally:
        server.close()


def _greet() -> smtplib.SMTP:
    """Connect, agree on encryption and sign in. Nothing of the message goes."""
    server: smtplib.SMTP | None = None
    host, port, wait = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    try:
        if settings.EMAIL_USE_TLS and port == IMPLICIT_TLS_PORT:
            server = smtplib.SMTP_SSL(
                host, port, timeout=wait, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port, timeout=wait)
            if settings.EMAIL_USE_TLS:
                server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        else:
            server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        if server is not None:
            server.close()
        if isinstance(error, smtplib.SMTPAuthenticationError):
            raise NotHandedOver("The mail server did not accept our sign-in.") from error
        raise NotHandedOver("We could not reach the mail server.") from error
    return server


def _envelope(server: smtplib.SMTP, *, sender: str, to: str) -> None:
    try:
        _expect(server.mail(sender), {250}, "The mail server does not let us send.")
        _expect(
            server.rcpt(to), {250, 251, 252}, "The mail server says this address does not work."
        )
        _expect(server.docmd("DATA"), {354}, "The mail server did not take the message.")
    except ValueError as error:  # letters no mail address can have, or a line end
        raise TurnedAway("The mail server cannot use this address.") from error
    except (OSError, smtplib.SMTPException) as error:
        # The connection ended before a single word of the message had gone.
        raise NotHandedOver("The mail server hung up.") from error


def _words(server: smtplib.SMTP, words: bytes) -> None:
    """Send the words. From the first of them on, silence means that we do not know."""
    dotted = b"\r\n".join(
        b"." + line if line.startswith(b".") else line for line in words.split(b"\r\n")
    )
    if not dotted.endswith(b"\r\n"):
        dotted += b"\r\n"
    try:
        server.send(dotted + b".\r\n")
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise FateUnknown(
            "The connection broke while the message was going. It may have arrived."
        ) from error
    _expect(answer, {250}, "The mail server did not take the message.")


def _expect(answer: tuple[int, bytes], good: set[int], sentence: str) -> None:
    """Go on where the server agrees; 5xx is for good, anything else is for now."""
    code, said = answer
    if code in good:
        return
    detail = " ".join(said.decode("utf-8", "replace").split())
    sentence = f"{sentence} It said: {code} {detail}"[:300]
    if 500 <= code < 600:
        raise TurnedAway(sentence)
    raise NotHandedOver(sentence)

"""The security headers, whole: a header that goes missing, or comes, fails here."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory

from alongside.design.headers import SecurityHeaders, policy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("alongside.design.tests.pages")]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PRIVATE = {"Cache-Control": "private, no-store"}


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = get_user_model().objects.create_user(email="ada@example.org")
    client.force_login(user)
    return client


def headers(client: Client, path: str, **kwargs: Any) -> dict[str, str]:
    response = client.get(path, secure=True, **kwargs)
    response.close()
    found = dict(response.headers)
    found.pop("Content-Length", None)
    found.pop("ETag", None)
    return found


def test_public_page(client: Client) -> None:
    assert headers(client, "/look/") == {**SECURITY, **HTML, "Vary": "Cookie"}


def test_page_with_a_form(client: Client) -> None:
    assert headers(client, "/form/") == {**SECURITY, **HTML, **PRIVATE, "Vary": "Cookie"}


def test_private_page(signed_in: Client) -> None:
    assert headers(signed_in, "/private/") == {**SECURITY, **HTML, **PRIVATE, "Vary": "Cookie"}


def test_public_page_for_somebody_signed_in(signed_in: Client) -> None:
    assert headers(signed_in, "/look/") == {**SECURITY, **HTML, **PRIVATE, "Vary": "Cookie"}


def test_somebody_half_way_through_a_journey(client: Client) -> None:
    client.post("/question/colour/", {"colour": "green"}, secure=True)
    assert headers(client, "/look/")["Cache-Control"] == "private, no-store"


def test_redirect_to_sign_in(client: Client) -> None:
    found = headers(client, "/private/")
    assert found.pop("Location") == "/in/?next=/private/"
    assert found == {**SECURITY, **HTML, "Vary": "Cookie"}


def test_not_found(client: Client) -> None:
    assert headers(client, "/nothing/") == {**SECURITY, **HTML, "Vary": "Cookie"}


def test_fault_of_ours(client: Client) -> None:
    client.raise_request_exception = False
    assert headers(client, "/broken/") == {**SECURITY, **HTML, "Vary": "Cookie"}


def test_a_host_we_are_not(client: Client) -> None:
    found = headers(client, "/look/", headers={"host": "elsewhere.example"})
    assert {name: found[name] for name in SECURITY} == SECURITY


def test_static_file(settings: LazySettings) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    found = headers(Client(), "/static/design/app.css")
    assert found.pop("Last-Modified")
    assert found == {
        **SECURITY,
        "Content-Type": 'text/css; charset="utf-8"',
        "Cache-Control": "max-age=60, public",
    }


def test_the_policy_is_the_settings(settings: LazySettings) -> None:
    settings.SECURE_CSP = {
        "default-src": ["'self'"],
        "upgrade-insecure-requests": True,
        "sandbox": False,
    }
    assert policy() == "default-src 'self'; upgrade-insecure-requests"


def test_steps_aside_where_django_sends_the_policy(rf: RequestFactory) -> None:
    def answer(request: Any) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "django's own"})

    response = SecurityHeaders(answer)(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "django's own"


def test_a_page_may_say_how_it_is_kept(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["__Host-session"] = "x"

    def kept(request: Any) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert SecurityHeaders(kept)(request).headers["Cache-Control"] == "max-age=60"

"""Staff sign in with a password and a second step; nothing less opens a staff page."""

import json
import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.accounts import delivery, strength, tokens
from alongside.accounts.models import AuditEntry, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.reading import (
    add_app,
    add_recovery_codes,
    app_code,
    errors,
    h1,
    last_letter,
    link_in,
    main_text,
    soup,
)
from alongside.accounts.tests.signing import sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "marmalade-lantern-seven"
SIGN_IN, SECOND, STAFF = "/sign-in/staff/", "/sign-in/staff/second-step/", "/staff/access/"


@pytest.fixture
def ada() -> User:
    return make_staff("administrator", "ada@example.org", name="Ada Bright", password=PASSWORD)


def give_password(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"email": email, "password": password, **more})


def opens(client: Client) -> bool:
    return client.get(STAFF).status_code == 200


def test_password_and_app_open_staff_pages(client, ada):
    secret = add_app(ada)
    answer = client.get(STAFF)
    assert answer.url.startswith(f"{SIGN_IN}?next=")
    answer = give_password(client, next=STAFF)
    assert answer.url == SECOND
    assert SESSION_KEY not in client.session
    answer = client.post(SECOND, {"code": app_code(secret)})
    assert answer.url == STAFF
    assert opens(client)
    noted = AuditEntry.objects.get(action="accounts.signed_in")
    assert (noted.actor, noted.detail) == (ada, {"how": "totp"})


def test_a_code_of_the_app_works_once(ada):
    secret = add_app(ada)
    with time_machine.travel(timezone.now(), tick=False):
        code = app_code(secret)
        first, second = Client(), Client()
        for each in (first, second):
            give_password(each)
        first.post(SECOND, {"code": code})
        answer = second.post(SECOND, {"code": f"{code[:3]} {code[3:]}"})
    assert opens(first)
    assert len(errors(answer)) == 1
    assert not opens(second)


@pytest.mark.parametrize("later", [20, 40, 60])
def test_a_code_of_the_app_is_not_good_again_while_clocks_may_drift(ada, later):
    secret = add_app(ada)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        code = app_code(secret)
        client = Client()
        give_password(client)
        client.post(SECOND, {"code": code})
        assert opens(client)
    with time_machine.travel(start + timedelta(seconds=later), tick=False):
        again = Client()
        give_password(again)
        again.post(SECOND, {"code": code})
        assert not opens(again)


def test_a_recovery_code_works_once(ada):
    add_app(ada)
    code = add_recovery_codes(ada)[0]
    first, second = Client(), Client()
    give_password(first)
    first.post(SECOND, {"code": f"{code[:4]} {code[4:]}"})
    assert opens(first)
    give_password(second)
    answer = second.post(SECOND, {"code": code})
    assert errors(answer)
    assert not opens(second)


@pytest.mark.parametrize("typed", ["", "000000", "\x00", "1" * 10_000, "<script>", "👵", "١٢٣٤٥٦"])
def test_a_wrong_second_step_gets_a_sentence(client, ada, typed):
    add_app(ada)
    give_password(client)
    answer = client.post(SECOND, {"code": typed})
    assert len(errors(answer)) == 1
    assert not opens(client)


def test_wrong_second_steps_are_limited(client, ada):
    secret = add_app(ada)
    give_password(client)
    for _try in range(6):
        answer = client.post(SECOND, {"code": "000000"})
    assert "You have tried too many times" in errors(answer)[0]
    client.post(SECOND, {"code": app_code(secret)})
    assert not opens(client)


def test_a_wrong_password_is_answered_as_an_unknown_address_is(ada):
    pages = [
        re.sub(r'csrf\w+" value="[^"]+"|\w+@example.org', "", answer.content.decode())
        for answer in (
            give_password(Client(), password="wrong"),
            give_password(Client(), email="no@example.org"),
        )
    ]
    assert pages[0] == pages[1]
    assert "The email address or the password is not right" in pages[0]


def test_wrong_passwords_are_limited_for_each_address(client, ada):
    for _try in range(5):
        give_password(client, password="wrong")
    answer = give_password(client)
    assert errors(answer) == ["You have tried too many times. Wait 5 minutes, then try again."]


def test_a_password_is_never_shown_again(client, ada):
    answer = give_password(client, password="wrong-but-secret")
    assert "wrong-but-secret" not in answer.content.decode()
    assert soup(answer).find("input", {"name": "email"})["value"] == "ada@example.org"


def test_staff_with_an_emailed_code_see_member_pages_only(client, ada):
    add_app(ada)
    client.post("/sign-in/", {"email": "ada@example.org"})
    client.post("/sign-in/code/", {"code": last_letter().code})
    assert client.session[SESSION_KEY] == str(ada.pk)
    assert client.get("/me/sign-in/").status_code == 200
    answer = client.get(STAFF)
    assert answer.url == f"{SIGN_IN}?next=%2Fstaff%2Faccess%2F"
    page = client.get(answer.url)
    assert "You are signed in with an emailed code" in main_text(page)
    assert soup(page).find("input", {"name": "email"})["value"] == "ada@example.org"


def test_an_emailed_code_does_not_open_the_set_up_of_a_second_step(client, ada):
    sign_in(client, ada, strong=False)
    for address in (
        "/sign-in/second-step/",
        "/sign-in/second-step/app/",
        "/sign-in/second-step/passkey/",
    ):
        assert client.get(address).url.startswith(SIGN_IN)


def test_a_strong_sign_in_after_a_weak_one_takes_its_place(client, ada):
    secret = add_app(ada)
    sign_in(client, ada, strong=False)
    assert give_password(client, next=STAFF).url == SECOND
    assert client.post(SECOND, {"code": app_code(secret)}).url == STAFF
    assert opens(client)


def test_a_password_alone_leads_to_setting_up_a_second_step(
    client, ada, django_capture_on_commit_callbacks
):
    answer = give_password(client, next=STAFF)
    assert answer.url == STAFF
    answer = client.get(STAFF)
    assert answer.url == "/sign-in/second-step/?next=%2Fstaff%2Faccess%2F"
    assert h1(client.get(answer.url)) == "Set up a second step"
    page = soup(client.get("/sign-in/second-step/app/"))
    assert page.find("main").find("img")["src"].startswith("data:image/svg+xml;base64,")
    secret = re.sub(r"\s", "", page.select_one(".nhsuk-details strong").get_text())
    assert errors(client.post("/sign-in/second-step/app/", {"code": "000000"}))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/sign-in/second-step/app/", {"code": app_code(secret)})
    assert answer.url == "/sign-in/second-step/codes/"
    page = soup(client.get(answer.url))
    codes = [item.get_text() for item in page.select("main ol li")]
    assert len(codes) == 10
    assert page.find("main").find("a", string=re.compile("continue"))["href"] == STAFF
    assert opens(client)
    again = main_text(client.get(answer.url))
    assert "We showed them once" in again
    assert not any(code in again for code in codes)
    kept = Authenticator.objects.get(user=ada, type="totp").data["secret"]
    assert secret not in kept
    assert AuditEntry.objects.filter(action="accounts.second_step_added").count() == 1
    assert last_letter().subject == "The way you sign in to Alongside has changed"


def test_somebody_with_the_password_cannot_add_a_second_step_beside_the_one_there(client, ada):
    add_app(ada)
    give_password(client)
    assert client.get("/sign-in/second-step/passkey/").status_code == 302
    assert SESSION_KEY not in client.session


def test_members_and_strangers_find_no_staff_pages(client):
    addresses = [STAFF, "/staff/audit/", "/sign-in/second-step/", "/sign-in/staff/again/"]
    sign_in(client, make_user())
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_a_strong_sign_in_ends_when_nobody_uses_it(client, ada):
    sign_in(client, ada)
    assert opens(client)
    left = client.session.get_expiry_age()
    assert left == strength.IDLE_SECONDS
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        assert opens(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=105)):
        assert opens(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=170)):
        assert client.get(STAFF).url.startswith(f"{SIGN_IN}?next=")


def test_a_strong_sign_in_lasts_no_longer_than_a_shift(client, ada):
    sign_in(client, ada)
    session = client.session
    session.set_expiry(timedelta(days=3))
    session[strength.SEEN] = time.time() + 10**6
    session.save()
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert client.get(STAFF).url.startswith(SIGN_IN)


def test_a_staff_page_in_use_writes_the_session_at_most_once_a_minute(client, ada):
    sign_in(client, ada)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        opens(client)
        with CaptureQueriesContext(connection) as asked:
            opens(client)
    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert sum('"django_session"' in query["sql"] for query in asked) == 1
    roles = 'SELECT "accounts_rolegrant"."role" '
    assert sum(query["sql"].startswith(roles) for query in asked) == 1


def test_a_page_for_members_costs_the_session_and_the_user(client):
    sign_in(client, make_user())
    with CaptureQueriesContext(connection) as asked:
        client.get("/sign-in/")  # sends somebody signed in onwards, and asks for nothing else
    first, second = [query["sql"] for query in asked]
    assert first.startswith('SELECT "django_session"')
    assert second.startswith('SELECT "accounts_user"')  # with their person, and if they are staff


def test_a_role_given_or_ended_counts_from_the_next_page(client, ada):
    user = make_user()
    sign_in(client, user)
    assert client.get(STAFF).status_code == 404
    grant = user.role_grants.create(role="administrator", granted_by=ada)
    assert client.get(STAFF).status_code == 302  # asked for the second step, so known as staff
    grant.ended_at = timezone.now()
    grant.save(update_fields=["ended_at"])
    assert client.get(STAFF).status_code == 404


# --- choosing a password ------------------------------------------------------------------------


def test_a_new_password_by_email(client, ada):
    secret = add_app(ada)
    elsewhere = Client()
    sign_in(elsewhere, ada)
    elsewhere.get(STAFF)
    answer = client.post("/sign-in/staff/password/", {"email": "Ada@example.org"})
    assert h1(answer) == "Check your email"
    link = link_in(last_letter())
    answer = client.get(link)
    assert answer.url == "/sign-in/staff/choose/"
    page = client.get(answer.url)
    assert link not in page.content.decode()
    answer = client.post("/sign-in/staff/choose/", {"password": "violet-harbour-eleven"})
    assert answer.url == SECOND  # the second step is still needed
    client.post(SECOND, {"code": app_code(secret)})
    assert opens(client)
    answer = Client().get(link, follow=True)
    assert (answer.status_code, h1(answer)) == (410, "This link does not work any more")


def test_asking_for_a_password_is_answered_the_same_for_everybody(ada):
    make_user("member@example.org")
    make_staff("coordinator", "gone@example.org", is_active=False)
    pages = set()
    for who in ("ada", "member", "gone", "nobody"):
        answer = Client().post("/sign-in/staff/password/", {"email": f"{who}@example.org"})
        pages.add(re.sub(r'csrf\w+" value="[^"]+"|\w+@example.org', "", answer.content.decode()))
        assert last_letter().to == f"{who}@example.org"
        assert ("/password/" in last_letter().body) is (who == "ada")
    assert len(pages) == 1


def test_a_link_runs_out(client, ada):
    link = tokens.password_link(ada).removeprefix(settings.SITE_URL)
    with time_machine.travel(timezone.now() + timedelta(days=3, hours=1)):
        assert client.get(link, follow=True).status_code == 410


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@example.org"}])
def test_a_link_dies_when_the_account_changes(client, ada, change):
    link = tokens.password_link(ada).removeprefix(settings.SITE_URL)
    User.objects.filter(pk=ada.pk).update(**change)
    assert client.get(link, follow=True).status_code == 410


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Choose a password"),
        ("short", "Choose a longer password, with 12 characters or more"),
        ("password12345", "Many people use this password. Choose another one"),
        ("ada@example.org", "This password is too much like your name or email address"),
        ("x" * 10_000, "A password has 200 characters or fewer"),
        ("\x00" * 20, ""),
    ],
)
def test_a_poor_password_gets_a_sentence(client, ada, password, sentence):
    client.get(tokens.password_link(ada).removeprefix(settings.SITE_URL))
    answer = client.post("/sign-in/staff/choose/", {"password": password})
    assert len(errors(answer)) == 1
    assert sentence in errors(answer)[0]
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_the_first_administrator_begins_with_a_printed_link(client, capsys):
    call_command("add_administrator", "First@example.org", name="Fay First")
    printed = capsys.readouterr().out
    link = re.search(r"http\S+", printed)[0].removeprefix(settings.SITE_URL)
    client.get(link)
    client.post("/sign-in/staff/choose/", {"password": PASSWORD})
    assert client.get(STAFF).url.startswith("/sign-in/second-step/")
    user = User.objects.get(email="first@example.org")
    assert list(user.role_grants.values_list("role", flat=True)) == ["administrator"]
    call_command("add_administrator", "first@example.org", name="Fay First")
    assert user.role_grants.count() == 1


def test_the_command_helps_an_administrator_who_lost_everything(client, ada, capsys):
    add_app(ada)
    call_command("add_administrator", "ada@example.org", name="Ada Bright", new_second_step=True)
    link = re.search(r"http\S+", capsys.readouterr().out)[0].removeprefix(settings.SITE_URL)
    client.get(link)
    client.post("/sign-in/staff/choose/", {"password": "violet-harbour-eleven"})
    assert h1(client.get(STAFF, follow=True)) == "Set up a second step"


def test_second_steps_of_another_signing_key_open_nothing_and_break_nothing(client, ada, settings):
    secret = add_app(ada)
    codes = add_recovery_codes(ada)
    settings.SECRET_KEY = "another"
    give_password(client)
    for code in (app_code(secret), codes[0]):
        assert errors(client.post(SECOND, {"code": code}))
    settings.SECRET_KEY_FALLBACKS = ["for-tests-only"]
    client.post(SECOND, {"code": codes[0]})
    assert opens(client)


@pytest.mark.parametrize(
    ("email", "name"), [("ada", "Ada"), ("ada@example.org", " "), ("a@b.org", "x" * 201)]
)
def test_the_command_refuses_what_is_no_name_or_address(email, name):
    with pytest.raises(CommandError):
        call_command("add_administrator", email, name=name)


# --- keeping the second step --------------------------------------------------------------------


def test_the_last_second_step_cannot_be_removed(client, ada):
    add_app(ada)
    sign_in(client, ada)
    step = Authenticator.objects.get(user=ada, type="totp")
    address = f"/sign-in/second-step/{step.pk}/remove/"
    assert "You need at least one second step" in main_text(client.post(address))
    assert Authenticator.objects.filter(pk=step.pk).exists()


def test_nobody_removes_the_second_step_of_another(client, ada):
    add_app(ada)
    other = make_staff()
    sign_in(client, other)
    step = Authenticator.objects.get(user=ada)
    assert client.post(f"/sign-in/second-step/{step.pk}/remove/").status_code == 404


def test_old_sign_ins_are_asked_for_the_password_again_and_then_go_on(client, ada):
    add_app(ada)
    old = add_recovery_codes(ada)
    sign_in(client, ada)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.post("/sign-in/second-step/codes/new/")
    assert answer.url.startswith("/sign-in/staff/again/")
    assert add_recovery_codes(ada) == old
    page = client.get(answer.url)
    assert h1(page) == "Enter your password again"
    assert errors(client.post(answer.url, {"password": "wrong"}))
    hidden = soup(page).find("input", {"name": "next"})["value"]
    answer = client.post(answer.url, {"password": PASSWORD, "next": hidden})
    assert answer.url == "/sign-in/second-step/codes/"
    assert add_recovery_codes(ada) != old


def test_changing_the_password_keeps_this_place_and_ends_the_others(client, ada):
    secret = add_app(ada)
    clients = [client, Client()]
    start = timezone.now()
    for number, each in enumerate(clients):
        with time_machine.travel(start + timedelta(minutes=number * 5), tick=False):
            give_password(each)
            each.post(SECOND, {"code": app_code(secret)})
            assert opens(each)
    with time_machine.travel(start + timedelta(minutes=6), tick=False):
        answer = client.post("/me/sign-in/password/", {"password": "violet-harbour-eleven"})
        assert answer.url == "/me/sign-in/"
        assert "(this is where you are now)" in main_text(client.get("/me/sign-in/"))
        assert opens(client)
        assert clients[1].get("/me/sign-in/").status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("violet-harbour-eleven")


# --- passkeys -----------------------------------------------------------------------------------

HOSTILE = ["", "null", "1", "[]", "{}", '{"id": 1}', '{"response": 3}', "{", '"x"', "\x00", "[[]]"]
HOSTILE += [
    json.dumps({"id": "!!", "rawId": "!!", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "oA",
                "authenticatorData": "AAAA",
                "signature": "AAAA",
                "userHandle": "AAAA",
            },
        }
    ),
]


@pytest.mark.parametrize("credential", HOSTILE)
def test_a_passkey_that_is_none_signs_nobody_in(client, ada, credential):
    client.get("/sign-in/staff/passkey/", headers={"Accept": "application/json"})
    answer = client.post("/sign-in/staff/passkey/", {"credential": credential, "next": STAFF})
    assert answer.url == f"{SIGN_IN}?next=%2Fstaff%2Faccess%2F&passkey"
    assert "Your passkey did not work" in errors(client.get(answer.url))[0]


@pytest.mark.parametrize("credential", HOSTILE)
def test_a_passkey_that_is_none_is_no_second_step(client, ada, credential):
    add_app(ada)
    give_password(client)
    answer = client.post(SECOND, {"credential": credential})
    assert "Your passkey did not work" in errors(answer)[0]
    assert not opens(client)


@pytest.mark.parametrize("credential", HOSTILE)
def test_a_passkey_that_is_none_is_not_kept(client, ada, credential):
    sign_in(client, ada)
    client.get("/sign-in/second-step/passkey/")
    answer = client.post(
        "/sign-in/second-step/passkey/", {"name": "My phone", "credential": credential}
    )
    assert errors(answer)
    assert soup(answer).find("input", {"name": "name"})["value"] == "My phone"
    assert not Authenticator.objects.exists()


def test_what_the_browser_needs_for_a_passkey_asks_for_face_finger_or_pin(client):
    answer = client.get("/sign-in/staff/passkey/", headers={"Accept": "application/json"})
    assert json.loads(answer.content)["publicKey"]["userVerification"] == "required"
    assert client.get("/sign-in/staff/passkey/").url == SIGN_IN


def test_letters_about_staff_go_nowhere_else(ada):
    Client().post("/sign-in/staff/password/", {"email": "ada@example.org"})
    assert {letter.to for letter in delivery.kept_letters()} == {"ada@example.org"}

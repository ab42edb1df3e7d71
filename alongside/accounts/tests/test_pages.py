"""Pages of one's own sign-in, and of staff and their roles."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import AuditEntry, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.reading import add_app, errors, h1, last_letter, main_text, soup
from alongside.accounts.tests.signing import sign_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"


def by_code(client: Client, email: str = "ada@example.org") -> User:
    client.post("/sign-in/", {"email": email})
    client.post("/sign-in/code/", {"code": last_letter().code})
    return User.objects.get(email=email)


@pytest.fixture
def boss(client) -> User:
    user = make_staff("administrator", "boss@example.org", name="Bo Boss")
    sign_in(client, user)
    return user


# --- mine ---------------------------------------------------------------------------------------


def test_somebody_sees_where_they_are_signed_in_and_ends_one(client):
    phone = Client(headers={"user-agent": PHONE})
    by_code(phone)
    by_code(client)
    page = client.get("/me/sign-in/")
    assert "Safari on an iPhone" in main_text(page)
    assert "127.0.0.1" not in main_text(page)
    (form,) = [
        form
        for form in soup(page).find("main").find_all("form")
        if "end-others" not in form["action"]
    ]
    client.post(form["action"])
    assert phone.get("/me/sign-in/").status_code == 302
    assert client.get("/me/sign-in/").status_code == 200
    assert AuditEntry.objects.filter(action="accounts.sessions_ended").count() == 1


def test_somebody_signs_out_everywhere_else(client):
    others = [Client(), Client()]
    for other in others:
        by_code(other)
    by_code(client)
    client.post("/me/sign-in/end-others/")
    assert [other.get("/me/sign-in/").status_code for other in others] == [302, 302]
    assert client.get("/me/sign-in/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(client):
    by_code(Client(), "ben@example.org")
    theirs = UserSession.objects.get()
    by_code(client)
    assert client.post(f"/me/sign-in/{theirs.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_a_new_address_is_proved_before_it_signs_in(client):
    user = by_code(client, "old@example.org")
    answer = client.post("/me/sign-in/email/", {"email": "New@example.org"})
    assert answer.url == "/me/sign-in/email/code/"
    code = last_letter().code
    assert last_letter().to == "new@example.org"
    assert errors(client.post(answer.url, {"code": "0000 0000"}))
    user.refresh_from_db()
    assert user.email == "old@example.org"
    client.post(answer.url, {"code": code})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert last_letter().to == "old@example.org"
    assert client.get("/me/sign-in/").status_code == 200


def test_an_address_in_use_is_said_only_to_who_reads_it(client):
    make_user("taken@example.org")
    user = by_code(client, "old@example.org")
    answer = client.post("/me/sign-in/email/", {"email": "taken@example.org"})
    assert answer.url == "/me/sign-in/email/code/"
    assert "already" not in main_text(client.get(answer.url))
    answer = client.post(answer.url, {"code": last_letter().code})
    assert "Somebody already signs in with this email address" in errors(answer)[0]
    user.refresh_from_db()
    assert user.email == "old@example.org"


def test_the_code_for_a_new_address_does_not_sign_anybody_in(client):
    by_code(client, "old@example.org")
    client.post("/me/sign-in/email/", {"email": "boss@example.org"})
    code = last_letter().code
    client.post("/sign-out/")
    client.post("/sign-in/code/", {"code": code})
    assert SESSION_KEY not in client.session


def test_staff_change_their_address_only_after_a_strong_sign_in(client):
    staff = make_staff()
    sign_in(client, staff, strong=False)
    assert client.get("/me/sign-in/email/").url.startswith("/sign-in/staff/")
    assert client.post("/me/sign-in/email/", {"email": "x@example.org"}).status_code == 302
    sign_in(client, staff)
    assert client.get("/me/sign-in/email/").status_code == 200


# --- staff and roles ----------------------------------------------------------------------------


def test_the_list_holds_staff_and_never_members(client, boss):
    make_staff("coordinator", "kit@example.org", name="Kit Coordinator")
    make_user("member@example.org")
    answer = client.get("/staff/access/")
    assert "Kit Coordinator" in main_text(answer)
    assert "Involvement coordinator" in main_text(answer)
    assert "member@example.org" not in answer.content.decode()
    assert "Kit" in main_text(client.get("/staff/access/", {"q": "KIT@"}))
    assert "Nobody found" in main_text(client.get("/staff/access/", {"q": "zzz"}))


def test_the_list_costs_the_same_for_one_and_for_many(client, boss, django_assert_num_queries):
    client.get("/staff/access/")
    with CaptureQueriesContext(connection) as few:
        client.get("/staff/access/")
    for _number in range(30):
        make_staff("executive")
    with django_assert_num_queries(len(few)):
        client.get("/staff/access/")


def test_an_administrator_adds_somebody_who_is_emailed_how_to_begin(client, boss):
    given = {"name": "Kit New", "email": "Kit@example.org", "roles": ["coordinator", "post_room"]}
    answer = client.post("/staff/access/add/", given)
    user = User.objects.get(email="kit@example.org")
    assert answer.url == f"/staff/access/{user.key}/"
    assert last_letter().to == "kit@example.org"
    assert "/sign-in/staff/password/" in last_letter().body
    page = main_text(client.get(answer.url))
    assert "No email was sent, because this server has no email set up" in page
    assert "Not chosen yet" in page


def test_an_invitation_that_went_is_said(client, boss, settings):
    settings.EMAIL_HOST = "smtp.example"
    kit = make_staff("executive", "kit@example.org")
    answer = client.post(f"/staff/access/{kit.key}/welcome/", follow=True)
    assert "We have emailed kit@example.org how to set up their account" in main_text(answer)
    kit.set_password("marmalade-lantern-seven")
    kit.save()
    answer = client.post(f"/staff/access/{kit.key}/welcome/", follow=True)
    assert "We have emailed kit@example.org a link to choose a password" in main_text(answer)
    assert [message.to for message in mail.outbox] == [["kit@example.org"]] * 2


def test_an_address_that_only_does_something_leads_back_when_it_is_opened(client, boss):
    kit = make_staff("executive", "kit@example.org", is_active=False)
    for address, back in [
        ("/me/sign-in/end-others/", "/me/sign-in/"),
        ("/sign-in/second-step/codes/new/", "/sign-in/second-step/"),
        (f"/staff/access/{kit.key}/open/", f"/staff/access/{kit.key}/"),
        (f"/staff/access/{kit.key}/welcome/", f"/staff/access/{kit.key}/"),
    ]:
        assert client.get(address).url == back
    kit.refresh_from_db()
    assert not kit.is_active


def test_an_invitation_that_cannot_go_is_said(client, boss, settings, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError

    settings.EMAIL_HOST = "smtp.example"
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    given = {"name": "Kit New", "email": "kit@example.org", "roles": ["coordinator"]}
    answer = client.post("/staff/access/add/", given, follow=True)
    assert "We could not send them the email" in main_text(answer)
    assert User.objects.filter(email="kit@example.org").exists()


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ({}, {"Enter their full name", "Enter an email address", "Choose at least one role"}),
        (
            {"name": "x" * 10_000, "email": "kit", "roles": ["king"]},
            {
                "The name must be 200 characters or fewer",
                "Enter an email address in the right form, like name@example.com",
                "Choose roles from the list",
            },
        ),
        (
            {"name": "Kit", "email": "boss@example.org", "roles": ["executive"]},
            {"Somebody with this email address is already in the list of staff."},
        ),
    ],
)
def test_what_is_wrong_with_a_new_member_of_staff_is_said(client, boss, given, sentences):
    answer = client.post("/staff/access/add/", given)
    assert set(errors(answer)) == sentences
    assert User.objects.exclude(is_system=True).count() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "عائشة", "👵 Ada", "محمد Ali\u200f"])
def test_a_strange_name_is_kept_as_it_is_and_only_shown(client, boss, name):
    given = {"name": name, "email": "kit@example.org", "roles": ["executive"]}
    answer = client.post("/staff/access/add/", given, follow=True)
    assert User.objects.get(email="kit@example.org").name == name
    assert "<script>alert" not in answer.content.decode()


def test_a_name_cannot_turn_the_words_around_it(client, boss):
    given = {"name": "\u202eevil\u2066", "email": "kit@example.org", "roles": ["executive"]}
    client.post("/staff/access/add/", given)
    assert User.objects.get(email="kit@example.org").name == "evil"


def test_a_role_is_given_and_ended_on_the_pages(client, boss):
    kit = make_staff("executive", name="Kit")
    address = f"/staff/access/{kit.key}/"
    page = client.get(f"{address}role/")
    offered = {box["value"] for box in soup(page).find_all("input", {"name": "role"})}
    assert offered == {"administrator", "coordinator", "governance", "post_room"}
    assert errors(client.post(f"{address}role/", {})) == ["Choose a role"]
    client.post(f"{address}role/", {"role": "coordinator"})
    grant = kit.role_grants.get(role="coordinator")
    assert grant.granted_by == boss
    page = client.get(f"{address}role/{grant.pk}/end/")
    assert h1(page) == "End the role Involvement coordinator of Kit?"
    client.post(f"{address}role/{grant.pk}/end/")
    grant.refresh_from_db()
    assert grant.ended_at
    assert "by Bo Boss" in main_text(client.get(address))


def test_an_administrator_has_no_way_to_give_themselves_a_role(client, boss):
    address = f"/staff/access/{boss.key}/"
    page = client.get(address)
    assert soup(page).find("a", href=f"{address}role/") is None
    answer = client.post(f"{address}role/", {"role": "governance"})
    assert "You cannot give a role to yourself" in errors(answer)[0]
    grant = boss.role_grants.get()
    answer = client.post(f"{address}role/{grant.pk}/end/")
    assert "This is the last system administrator" in errors(answer)[0]
    answer = client.post(f"{address}close/")
    assert "your own account" in errors(answer)[0]
    answer = client.post(f"{address}second-step/")
    assert "your own account" in errors(answer)[0]


def test_an_account_is_closed_and_opened_again(client, boss):
    kit = make_staff("executive", "kit@example.org", name="Kit")
    address = f"/staff/access/{kit.key}/"
    assert "signed out everywhere" in main_text(client.get(f"{address}close/"))
    client.post(f"{address}close/")
    assert "This account is closed" in main_text(client.get(address))
    assert "Kit" not in main_text(client.get("/staff/access/"))
    assert "Kit" in main_text(client.get("/staff/access/", {"closed": "on"}))
    client.post(f"{address}open/")
    kit.refresh_from_db()
    assert kit.is_active


def test_a_second_step_is_taken_away_and_the_welcome_sent_again(client, boss):
    kit = make_staff("executive", "kit@example.org", name="Kit")
    add_app(kit)
    address = f"/staff/access/{kit.key}/"
    assert "Set up" in main_text(client.get(address))
    client.post(f"{address}second-step/")
    assert "Not set up yet" in main_text(client.get(address))
    client.post(f"{address}welcome/")
    assert last_letter().to == "kit@example.org"


def test_members_are_not_found_on_the_pages_of_staff(client, boss):
    member = make_user()
    for end in ("", "role/", "close/", "second-step/"):
        assert client.get(f"/staff/access/{member.key}/{end}").status_code == 404
    assert client.post(f"/staff/access/{member.key}/open/").status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "governance", "post_room", "executive"])
def test_other_staff_find_no_list_of_staff(client, role):
    staff = make_staff(role)
    sign_in(client, staff)
    for address in ("/staff/access/", "/staff/access/add/", f"/staff/access/{staff.key}/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("key", ["%00", "nobody", "x" * 2000, "%F0%9F%91%B5", "a%0Ab"])
def test_an_address_with_a_key_that_is_none_is_not_found(client, boss, key):
    assert client.get(f"/staff/access/{key}/").status_code == 404
    assert client.get(f"/sign-in/staff/password/{key}/x/", follow=True).status_code in {404, 410}

"""The pages of the outbox, the calls and the post room."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import delivery
from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.signing import sign_in
from alongside.messaging.models import Message, PostBatch
from alongside.messaging.tests.factories import make_batch, make_call, make_letter, make_message
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def client_of(role):
    client = Client()
    user = make_staff(role) if role else make_user()
    sign_in(client, user)
    client.user = user
    return client


@pytest.fixture
def coordinator():
    return client_of("coordinator")


@pytest.fixture
def post_room():
    return client_of("post_room")


def read(answer, status=200):
    assert answer.status_code == status
    soup = BeautifulSoup(answer.content, "lxml")
    assert len(soup.find_all("h1")) == 1
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    return soup


def address(name, *args):
    return reverse(f"messaging:{name}", args=args)


def test_who_may_open_what():
    message, call, letter = make_message(state="failed"), make_call(), make_letter()
    batch = make_batch(letter)
    pages = {
        address("outbox"): {"coordinator", "governance"},
        address("problems"): {"coordinator", "governance"},
        address("message", message.key): {"coordinator", "governance"},
        address("letter", message.key): {"coordinator", "governance"},
        address("phone"): {"coordinator", "governance"},
        address("call", call.key): {"coordinator", "governance"},
        address("post"): {"coordinator", "post_room"},
        address("batch", batch.key): {"coordinator", "post_room"},
        address("batch_pdf", batch.key): {"coordinator", "post_room"},
        address("batch_page", batch.key): {"coordinator", "post_room"},
    }
    for role in ("coordinator", "governance", "post_room", "administrator", "executive", ""):
        client = client_of(role)
        for page, allowed in pages.items():
            expected = 200 if role in allowed else 404
            assert client.get(page).status_code == expected, (role, page)
    for page in pages:
        assert Client().get(page).status_code == 302


def test_outbox_lists_subjects_and_filters(coordinator):
    make_message(make_person("Ada Bright"), subject="About tea", state="sent")
    make_message(make_person("Grace Hope"), subject="About cake", state="failed", channel="text")
    page = read(coordinator.get(address("outbox")))
    assert "About tea" in page.text
    assert "Grace Hope" in page.text
    assert "charter workshop." not in page.text  # none of the words
    for query, shown in (
        ("?state=failed", {"About cake"}),
        ("?channel=email", {"About tea"}),
        ("?state=failed&channel=email", set()),
        ("?state=nonsense", {"About tea", "About cake"}),
        ("?page=99", {"About tea", "About cake"}),
    ):
        text = read(coordinator.get(address("outbox") + query)).text
        assert {subject for subject in ("About tea", "About cake") if subject in text} == shown


def test_outbox_of_one_person(coordinator):
    ada = make_person("Ada Bright")
    make_message(ada, subject="About tea")
    make_message(make_person("Grace Hope"), subject="About cake")
    page = read(coordinator.get(f"{address('outbox')}?person={ada.key}"))
    assert "About tea" in page.text
    assert "About cake" not in page.text
    assert coordinator.get(f"{address('outbox')}?person=nobody").status_code == 404


def test_outbox_costs_the_same_for_many(coordinator, django_assert_max_num_queries):
    person = make_person()
    for _ in range(60):
        make_message(person)
    with django_assert_max_num_queries(12):
        answer = coordinator.get(address("outbox"))
    assert len(answer.content) < 100_000
    assert "page=2" in answer.text


def test_codes_to_sign_in_show_in_demonstrations_only(coordinator, settings):
    settings.EMAIL_HOST = ""
    delivery.send("sign_in_code", to="ada@example.org", code="QWERTY", minutes=3)
    settings.DEMO = False
    assert "QWERTY" not in coordinator.get(address("outbox")).text
    settings.DEMO = True
    assert "QWERTY" in coordinator.get(address("outbox")).text
    settings.EMAIL_HOST = "mail.example.org"
    assert "QWERTY" not in coordinator.get(address("outbox")).text


def test_message_shows_the_words_and_says_who_looked(coordinator):
    message = make_message(state="sent", subject=HOSTILE, body=f"Dear Ada,\n\n{HOSTILE}")
    answer = coordinator.get(address("message", message.key))
    page = read(answer)
    assert HOSTILE in page.text
    assert HOSTILE not in answer.text
    look = AuditEntry.objects.get(action="messaging.message_read")
    assert (look.kind, look.on_key, look.about_key, look.actor) == (
        "look",
        message.key,
        message.person.key,
        coordinator.user,
    )


@pytest.mark.parametrize(
    ("state", "facts", "buttons"),
    [
        ("sent", {}, {"again"}),
        ("queued", {}, set()),
        ("sending", {}, set()),
        ("kept", {}, {"again"}),
        ("failed", {}, {"again", "done", "aside"}),
        ("fate_unknown", {}, {"again", "arrived", "aside"}),
        ("cannot_make", {"wanted_format": "braille"}, {"again", "done", "aside"}),
        ("to_do", {"channel": "phone"}, {"again", "done", "aside"}),
        ("withheld", {}, {"again"}),
        ("failed", {"handled_at": timezone.now()}, set()),
        ("sent", {"body": ""}, set()),
    ],
)
def test_message_offers_what_can_be_done(coordinator, state, facts, buttons):
    message = make_message(state=state, **facts)
    page = read(coordinator.get(address("message", message.key)))
    assert {button["value"] for button in page.find_all("button", attrs={"name": "do"})} == buttons


def test_send_again_leads_to_the_new_message(coordinator):
    message = make_message(state="fate_unknown")
    answer = coordinator.post(address("message", message.key), {"do": "again", "note": ""})
    new = Message.objects.get(resend_of=message)
    assert answer.url == address("message", new.key)
    coordinator.post(address("message", message.key), {"do": "again", "note": ""})
    assert Message.objects.count() == 2
    assert "The newer message" in coordinator.get(address("message", message.key)).text


@pytest.mark.parametrize(("do", "state"), [("done", "sent"), ("aside", "failed")])
def test_a_problem_is_seen_to(coordinator, do, state):
    message = make_message(state="failed", what_went_wrong="No such person")
    assert "No such person" in read(coordinator.get(address("problems"))).text
    coordinator.post(address("message", message.key), {"do": do, "note": "Told them at the group"})
    message.refresh_from_db()
    assert (message.state, message.outcome) == (state, "Told them at the group")
    assert "Nothing needs you here" in read(coordinator.get(address("problems"))).text


def test_what_cannot_be_done_is_said(coordinator):
    message = make_message(state="sent")
    page = read(coordinator.post(address("message", message.key), {"do": "arrived", "note": ""}))
    assert page.title.text.startswith("Error: ")
    assert "We know what became of this message." in page.text
    assert coordinator.post(address("message", message.key), {"do": "explode"}).status_code == 404


@pytest.mark.parametrize("note", ["x" * 10_000, "a\x00b"])
def test_a_bad_note_is_said_and_kept(coordinator, note):
    message = make_message(state="failed")
    page = read(coordinator.post(address("message", message.key), {"do": "done", "note": note}))
    assert page.title.text.startswith("Error: ")
    message.refresh_from_db()
    assert message.state == "failed"


def test_problems_by_format(coordinator):
    make_message(state="cannot_make", wanted_format="braille", subject="About tea")
    make_message(state="cannot_make", wanted_format="audio", subject="About cake")
    page = read(coordinator.get(f"{address('problems')}?wanted=braille"))
    assert "About tea" in page.text
    assert "About cake" not in page.text


def test_a_call_from_the_list_to_the_end(coordinator):
    call = make_call(make_person("Grace Hope"), wanted_detail="Mornings", subject="About tea")
    page = read(coordinator.get(address("phone")))
    assert "Mornings" in page.text
    page = read(coordinator.get(address("call", call.key)))
    assert page.find("a", href="tel:01632960000")
    assert "Bring nothing" in page.text
    assert AuditEntry.objects.filter(action="messaging.message_read", on_key=call.key).exists()

    page = read(coordinator.post(address("call", call.key), {"note": "Kept words"}))
    assert "Select how the call went" in page.text
    assert "Kept words" in page.text

    coordinator.post(address("call", call.key), {"result": "no_answer", "note": ""})
    assert "Once" in read(coordinator.get(address("phone"))).text
    answer = coordinator.post(address("call", call.key), {"result": "spoke", "note": "Glad."})
    assert answer.url == address("phone")
    call.refresh_from_db()
    assert (call.state, call.outcome, call.attempts) == ("sent", "Spoke to them. Glad.", 2)
    assert coordinator.get(address("call", call.key)).status_code == 404
    assert "No calls to make" in read(coordinator.get(address("phone"))).text


def test_relay_and_somebody_else_are_explained(coordinator):
    relay = make_call(wanted_format="text_relay")
    other = make_call(wanted_format="via_person", address="Sam, my sister, 01632 960001")
    assert "18001" in read(coordinator.get(address("call", relay.key))).text
    page = read(coordinator.get(address("call", other.key)))
    assert "Sam, my sister" in page.text
    assert page.h1.text.endswith("Contact somebody for Ada Bright")


def test_post_room_from_waiting_to_posted(post_room):
    make_letter(make_person("Ada Bright"))
    make_letter(make_person("Grace Hope"), wanted_format="large_print", wanted_detail="24 point")
    page = read(post_room.get(address("post")))
    assert "2 letters are waiting" in page.text
    assert "Large print, 24 point" in page.text
    assert "You have a place" not in page.text  # nothing of what they say

    answer = post_room.post(address("post"))
    batch = PostBatch.objects.get()
    assert answer.url == address("batch", batch.key)
    page = read(post_room.post(address("post")))
    assert "No letters are waiting" in page.text

    pdf = post_room.get(address("batch_pdf", batch.key))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Cache-Control"] == "private, no-store"
    assert pdf.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="messaging.letter_printed").count() == 2

    page = read(post_room.get(address("batch_page", batch.key)))
    assert len(page.select("article.app-letter")) == 2
    assert len(page.select("article.app-letter--24")) == 1
    assert page.select(".app-letter__to")[0].text.startswith("Ada Bright")

    for _twice in range(2):
        post_room.post(address("posted", batch.key))
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert post_room.get(address("batch_pdf", batch.key)).status_code == 404
    assert post_room.get(address("batch_page", batch.key)).status_code == 404
    assert "in the post" in read(post_room.get(address("batch", batch.key))).text


def test_a_spoiled_letter_goes_back(post_room):
    letter = make_letter()
    batch = make_batch(letter)
    post_room.post(address("put_back", batch.key, letter.key))
    letter.refresh_from_db()
    assert letter.batch is None
    other = make_letter()
    assert post_room.post(address("put_back", batch.key, other.key)).status_code == 404


def test_post_room_sees_nothing_but_its_letters(post_room):
    make_letter(make_person("Ada Bright"))
    page = read(post_room.get(address("post")))
    links = {link["href"] for link in page.find("main").find_all("a", href=True)}
    assert not any(link.startswith(address("phone")) for link in links)
    assert address("outbox") not in links


def test_changes_need_a_post(post_room):
    batch = make_batch(make_letter())
    assert post_room.get(address("posted", batch.key)).status_code in {404, 405}
    batch.refresh_from_db()
    assert batch.posted_at is None


def test_every_list_of_messages_somebody_looks_at_is_written_down(client):
    coordinator = make_staff("coordinator")
    sign_in(client, coordinator)
    message = make_message()
    client.get(reverse("messaging:outbox"))
    client.get(reverse("messaging:outbox"), {"person": message.person.key})
    client.get(reverse("messaging:problems"))
    client.get(reverse("messaging:phone"))
    looks = AuditEntry.objects.filter(action="messaging.list_seen").order_by("pk")
    assert [look.detail["which"] for look in looks] == ["all", "all", "problems", "calls"]
    assert [look.about_key for look in looks] == ["", message.person.key, "", ""]

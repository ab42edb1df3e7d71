"""What must hold for every page, whoever reads it. Each check returns the faults it finds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag

HEAVIEST = 100_000  # bytes of HTML: a page must open on an old phone


@dataclass
class Visit:
    """Somebody asked for an address and got this."""

    who: str
    name: str
    path: str
    answer: Any

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page to read."""
        kind = self.answer.headers.get("Content-Type", "")
        return kind.startswith("text/html") and not 300 <= self.answer.status_code < 400

    @property
    def is_file(self) -> bool:
        """Whether it is kept, not shown."""
        return "attachment" in self.answer.headers.get("Content-Disposition", "")

    @cached_property
    def content(self) -> bytes:
        """All of the answer, streamed or not."""
        if self.answer.streaming:
            return b"".join(self.answer.streaming_content)
        content: bytes = self.answer.content
        return content

    @cached_property
    def text(self) -> str:
        """The answer as text, whatever it is."""
        return self.content.decode("utf-8", "replace")

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree."""
        return BeautifulSoup(self.content, "lxml")

    def __str__(self) -> str:
        return f"{self.who} at {self.path} ({self.name})"


def once(faults: list[str]) -> str:
    """Return the faults as lines: each once for a reader and a page, whatever its keys."""
    seen = {re.sub(r"(?<=/)[a-z0-9]{20}(?=/)", "KEY", fault) for fault in faults}
    return "\n" + "\n".join(sorted(seen))


def words_of(tag: Tag) -> str:
    """Return what a screen reader says for a link or a button."""
    label = tag.get("aria-label")
    words = label if isinstance(label, str) else tag.get_text(" ")
    images = [image.get("alt") for image in tag.find_all("img")]
    return " ".join([*words.split(), *(alt for alt in images if isinstance(alt, str) and alt)])


def no_server_error(visit: Visit) -> Iterator[str]:
    if visit.answer.status_code >= 500:
        yield f"answered {visit.answer.status_code}"


def one_heading(visit: Visit) -> Iterator[str]:
    headings = visit.soup.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 headings"
    elif not headings[0].get_text(strip=True):
        yield "an empty h1"


def headings_in_order(visit: Visit) -> Iterator[str]:
    before = 0
    for heading in visit.soup.select("main h1, main h2, main h3, main h4, main h5, main h6"):
        level = int(heading.name[1])
        if before and level > before + 1:
            yield f"h{level} ({heading.get_text(strip=True)[:40]}) straight after h{before}"
        before = level


def a_title(visit: Visit) -> Iterator[str]:
    title = visit.soup.title
    if title is None or not title.get_text(strip=True):
        yield "no title"
    html = visit.soup.html
    if html is None or html.get("lang") != "en":
        yield "no language"


def a_way_in(visit: Visit) -> Iterator[str]:
    if visit.is_file:
        return
    if visit.soup.find("main") is None:
        yield "no main part"
    skip = visit.soup.find("a", class_="nhsuk-skip-link")
    if skip is None or visit.soup.find(id=str(skip.get("href", ""))[1:]) is None:
        yield "no skip link that leads anywhere"


def no_repeated_ids(visit: Visit) -> Iterator[str]:
    counted = Counter(str(tag["id"]) for tag in visit.soup.find_all(id=True))
    yield from (f"id {one!r} {times} times" for one, times in counted.items() if times > 1)


def a_label_for_every_input(visit: Visit) -> Iterator[str]:
    labelled = {str(label.get("for")) for label in visit.soup.find_all("label")}
    for box in visit.soup.find_all(["input", "select", "textarea"]):
        if box.name == "input" and box.get("type") in {"hidden", "submit", "button", "image"}:
            continue
        named = box.get("aria-label") or box.get("aria-labelledby")
        if not (named or box.get("id") in labelled or box.find_parent("label")):
            yield f"no label for {box.get('name')!r}"
    for label in visit.soup.find_all("label"):
        target = label.get("for")
        if target and visit.soup.find(id=target) is None:
            yield f"a label for {target!r}, which is not there"
        if not label.get_text(strip=True):
            yield f"an empty label for {target!r}"


def descriptions_lead_somewhere(visit: Visit) -> Iterator[str]:
    known = {str(tag["id"]) for tag in visit.soup.find_all(id=True)}
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for tag in visit.soup.find_all(attrs={attribute: True}):
            for one in str(tag[attribute]).split():
                if one not in known:
                    yield f"{attribute} {one!r} leads nowhere"


def buttons_and_links_say_something(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.select("a[href], button"):
        if not words_of(tag):
            yield f"a {tag.name} with no words: {str(tag)[:80]}"


def no_link_words_twice(visit: Visit) -> Iterator[str]:
    places: dict[str, set[str]] = defaultdict(set)
    for link in visit.soup.find_all("a", href=True):
        places[words_of(link).casefold()].add(str(link["href"]))
    for words, targets in places.items():
        if words and len(targets) > 1:
            yield f"{words!r} leads to {', '.join(sorted(targets)[:3])}"


def nothing_inline(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.find_all(True):
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            yield f"an inline {tag.name}"
        for attribute in tag.attrs:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{attribute} on a {tag.name}"
        if tag.name in {"script", "link", "img", "iframe"}:
            source = str(tag.get("src") or tag.get("href") or "")
            if "//" in source.split("?", maxsplit=1)[0]:
                yield f"{tag.name} from elsewhere: {source}"


def no_autoplay_of_keys(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.find_all(attrs={"autofocus": True}):
        yield f"autofocus on {tag.get('name')!r}"
    for tag in visit.soup.find_all(tabindex=True):
        if str(tag["tabindex"]).isdigit() and int(str(tag["tabindex"])) > 0:
            yield f"tabindex {tag['tabindex']} on a {tag.name}"


def forms_are_guarded(visit: Visit) -> Iterator[str]:
    for form in visit.soup.find_all("form"):
        method = str(form.get("method", "get")).lower()
        if method == "post" and form.find("input", {"name": "csrfmiddlewaretoken"}) is None:
            yield f"a form without its token: {form.get('action')!r}"
        if form.find("button") is None:
            yield f"a form without a button: {form.get('action')!r}"
        if method == "get" and form.find("input", {"name": "csrfmiddlewaretoken"}):
            yield "a token in an address"


def not_too_heavy(visit: Visit) -> Iterator[str]:
    if len(visit.content) > HEAVIEST:
        yield f"{len(visit.content):,} bytes"


def nothing_left_over(visit: Visit) -> Iterator[str]:
    """No half-made words: a template mark, a Python name, an object's address in memory."""
    main = visit.soup.find("main") or visit.soup
    words = main.get_text(" ")
    for mark in ("{{", "}}", "{%", "Undefined", "None None", " object at 0x", "[object ", "&lt;"):
        if mark in words:
            yield f"{mark!r} in the words"


CHECKS: list[Callable[[Visit], Iterator[str]]] = [
    one_heading,
    headings_in_order,
    a_title,
    a_way_in,
    no_repeated_ids,
    a_label_for_every_input,
    descriptions_lead_somewhere,
    buttons_and_links_say_something,
    no_link_words_twice,
    nothing_inline,
    no_autoplay_of_keys,
    forms_are_guarded,
    not_too_heavy,
    nothing_left_over,
]


def faults_of(visit: Visit) -> list[str]:
    """Return everything wrong with an answer, each as "who at where: what"."""
    faults = list(no_server_error(visit))
    if visit.answer.status_code == 405 and not visit.content:
        faults.append("a blank page for who comes back to it (405)")
    elif visit.is_page:
        faults += [fault for check in CHECKS for fault in check(visit)]
    return [f"{visit}: {fault}" for fault in faults]

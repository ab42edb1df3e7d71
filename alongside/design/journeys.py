"""Question pages in a row that end in one action.

One question on a page, in an order, ending at *Check your answers*. Answers are kept in the session,
on the server: the back button, a refresh, a second tab and signing in half way lose nothing::

    def steps(advert):
        return [
            Step("needs", NeedsForm, "What do you need to take part?"),
            Step("support", partial(SupportForm, advert=advert), "What support would you like?",
                 applies=lambda answers: advert.offers_support),
        ]

    def question(request, slug, step):
        journey = Journey(request, f"book:{advert.key}", steps(advert), address)
        step = journey.step(step)                  # Http404 where there is none of that name
        if step is None or journey.skipped(step):  # an earlier question is still open
            return redirect(journey.address(journey.first_missing().slug))
        form = journey.form(step)
        if form.is_valid():                        # never on a GET
            journey.keep(step, form)
            return redirect(journey.after(step))
        page = {"title": step.title, "form": form, "back": journey.before(step)}
        ...

    def check(request, slug):                      # "Check your answers"
        if journey.first_missing(): ...redirect as above
        rows use journey.change(step) as the address of "Change"
        the form carries <input type="hidden" name="seal" value="{{ seal }}">, journey.seal()
        on POST: if not journey.sealed_by(request.POST): show the page again, answers have changed
        then the action with journey.answers(), and journey.forget()
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, QueryDict

KEPT = "journeys"  # in the session
MOST = 8  # journeys kept at once for one reader; the oldest goes first
CHECK = "check"
CHANGING = "change"  # in the address: the reader came from "Check your answers"

Answers = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One question. ``form_class`` may be a ``partial`` that knows what the form needs.

    ``applies`` is given the answers before it and says whether the question is asked.
    """

    slug: str
    form_class: Callable[..., forms.Form]
    title: str
    applies: Callable[[Answers], bool] = lambda answers: True


class Journey:
    """The reader's way through the steps. ``name`` tells this journey from others in the session.

    ``address`` gives the address of a step by its slug, and of "check".
    """

    def __init__(
        self,
        request: HttpRequest,
        name: str,
        steps: Sequence[Step],
        address: Callable[[str], str],
    ) -> None:
        self.request, self.name, self.steps, self.address = request, name, list(steps), address
        self._walked: list[tuple[Step, Answers | None]] | None = None

    # --- asking -------------------------------------------------------------------------------

    def step(self, slug: str) -> Step:
        """Return the step of this name. Raises Http404 where there is none or it is not asked."""
        for step, _answer in self._walk():
            if step.slug == slug:
                return step
        raise Http404(slug)

    def form(self, step: Step) -> forms.Form:
        """Return the form: bound to what was posted, or filled with what was kept, as it was typed."""
        if self.request.method == "POST":
            return step.form_class(self.request.POST)
        kept = self._kept().get(step.slug)
        if kept is None:
            return step.form_class()
        data = _query(kept)
        blank = step.form_class(data)
        typed = {
            name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
            if not field.disabled
        }
        return step.form_class(initial=typed)

    def keep(self, step: Step, form: forms.Form) -> None:
        """Keep the answers of a valid form."""
        if not form.is_valid():
            raise ValueError(f"{step.slug}: only right answers are kept")
        names = [form.add_prefix(name) for name in form.fields]
        data = form.data
        self._kept(make=True)[step.slug] = {
            key: data.getlist(key) if isinstance(data, QueryDict) else [data[key]]
            for key in data
            if any(key == name or key.startswith(f"{name}_") for name in names)
        }
        self.request.session.modified = True
        self._walked = None

    # --- answers ------------------------------------------------------------------------------

    def answers(self) -> Answers:
        """Return the clean answers of all steps that are asked, checked again as of now."""
        together: Answers = {}
        for _step, answer in self._walk():
            together.update(answer or {})
        return together

    def first_missing(self) -> Step | None:
        """Return the first question with no right answer yet."""
        return next((step for step, answer in self._walk() if answer is None), None)

    def skipped(self, step: Step) -> bool:
        """Whether an earlier question still waits for its answer."""
        missing = self.first_missing()
        order = [each.slug for each, _answer in self._walk()]
        return missing is not None and order.index(missing.slug) < order.index(step.slug)

    def seal(self) -> str:
        """Return a mark of the answers shown, so that what is confirmed is what was read."""
        kept = json.dumps(self._kept(), sort_keys=True)
        return hashlib.sha256(kept.encode()).hexdigest()[:20]

    def sealed_by(self, posted: QueryDict) -> bool:
        """Whether the answers are still those on the page that was posted (another tab may differ)."""
        return posted.get("seal") == self.seal()

    def forget(self) -> None:
        """Drop the answers: the journey is over."""
        if self.request.session.get(KEPT, {}).pop(self.name, None) is not None:
            self.request.session.modified = True
        self._walked = None

    # --- the way ------------------------------------------------------------------------------

    def after(self, step: Step | str) -> str:
        """Return where to go on: the next question, or "check".

        A reader who came to change an answer goes back to "check", by way of any question that the
        changed answer opened.
        """
        if self.changing:
            missing = self.first_missing()
            return self.change(missing) if missing else self.address(CHECK)
        slugs = [each.slug for each, _answer in self._walk()]
        place = slugs.index(_slug(step)) + 1
        return self.address(slugs[place] if place < len(slugs) else CHECK)

    def before(self, step: Step | str) -> str | None:
        """Return where "Back" leads: the question before, "check" when changing, or nowhere."""
        slug = _slug(step)
        slugs = [each.slug for each, _answer in self._walk()]
        if slug == CHECK:
            return self.address(slugs[-1]) if slugs else None
        if self.changing:
            return self.address(CHECK)
        place = slugs.index(slug)
        return self.address(slugs[place - 1]) if place else None

    def change(self, step: Step | str) -> str:
        """Return the address of "Change" beside an answer on "Check your answers"."""
        address = self.address(_slug(step))
        return f"{address}{'&' if '?' in address else '?'}{CHANGING}=1"

    @property
    def changing(self) -> bool:
        """Whether the reader came from "Check your answers" to change one."""
        return CHANGING in self.request.GET

    @property
    def start(self) -> str:
        """The address of the first question."""
        return self.address(self._walk()[0][0].slug)

    # --- inside -------------------------------------------------------------------------------

    def _walk(self) -> list[tuple[Step, Answers | None]]:
        """Go through the steps in order: those that are asked, each with its answers or None."""
        if self._walked is None:
            kept = self._kept()
            so_far: Answers = {}
            self._walked = []
            for step in self.steps:
                if not step.applies(so_far):
                    continue
                answer: Answers | None = None
                if step.slug in kept:
                    form = step.form_class(_query(kept[step.slug]))
                    if form.is_valid():
                        answer = form.cleaned_data
                        so_far = {**so_far, **answer}
                self._walked.append((step, answer))
        return self._walked

    def _kept(self, *, make: bool = False) -> dict[str, dict[str, list[str]]]:
        session = self.request.session
        if not make:
            mine: dict[str, dict[str, list[str]]] = session.get(KEPT, {}).get(self.name, {})
            return mine
        journeys = session.setdefault(KEPT, {})
        mine = journeys.pop(self.name, {})
        journeys[self.name] = mine  # the latest last
        while len(journeys) > MOST:
            journeys.pop(next(iter(journeys)))
        return mine


def _slug(step: Step | str) -> str:
    return step if isinstance(step, str) else step.slug


def _query(kept: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, values in kept.items():
        data.setlist(key, list(values))
    return data

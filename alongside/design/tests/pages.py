"""Pages that show every part of the look, for the tests of this room only."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from alongside.design import views
from alongside.design.fields import Choice, ClockField, DayField, MomentField, MoneyField
from alongside.design.forms import Form
from alongside.design.journeys import Journey, Step
from alongside.design.paging import page_of


class EveryForm(Form):
    """One of each kind of question."""

    name = forms.CharField(
        label="What is your name?",
        help_text="As you would like us to call you",
        max_length=200,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Email address", max_length=200, error_messages={"required": "Enter an email"}
    )
    born = DayField(label="When were you born?", called="Your date of birth", help_text="27 3 1985")
    starts = MomentField(label="When does it start?", called="The start", required=False)
    clock = ClockField(label="What time suits you?", help_text="For example, 2:30pm")
    places = forms.IntegerField(
        label="How many places?",
        widget=forms.NumberInput(attrs={"width": "3"}),
        error_messages={"required": "Enter how many places", "invalid": "Enter a number"},
    )
    cost = MoneyField(label="What did it cost?", called="The cost")
    area = forms.ChoiceField(label="Where do you live?", choices=[("n", "North"), ("s", "South")])
    how = forms.ChoiceField(
        label="How would you like to take part?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you would like to take part"},
        choices=[
            Choice("person", "In person", "We can help with travel"),
            Choice("video", "By video"),
            Choice("unsure", "I do not know yet", divider="or"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="What do you need?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what you need, or “Nothing”"},
        choices=[
            Choice("travel", "Help with travel"),
            Choice("breaks", "Breaks"),
            Choice("none", "Nothing", divider="or", alone=True),
        ],
    )
    travel = forms.CharField(label="What would help?", required=False, max_length=200)
    more = forms.CharField(
        label="Anything else?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"count": True}),
    )
    agree = forms.BooleanField(
        label="I agree", error_messages={"required": "Tick the box to agree"}
    )


class ColourForm(Form):
    """A question on its own."""

    colour = forms.ChoiceField(
        label="Which colour do you like?",
        help_text="There is no wrong answer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a colour"},
        choices=[Choice("blue", "Blue", "Like the sea"), Choice("green", "Green")],
    )


class ShadeForm(Form):
    """Asked of those who like blue."""

    shade = forms.CharField(
        label="Which shade?", max_length=20, error_messages={"required": "Enter a shade"}
    )

    def __init__(self, *args: Any, banned: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.banned = banned

    def clean_shade(self) -> str:
        shade: str = self.cleaned_data["shade"]
        if shade == self.banned:
            raise forms.ValidationError("Choose another shade")
        return shade


class WhenForm(Form):
    """The last question."""

    on = DayField(label="When?", called="The day")


STEPS = [
    Step("colour", ColourForm, "Which colour do you like?"),
    Step(
        "shade",
        partial(ShadeForm, banned="puce"),
        "Which shade?",
        applies=lambda answers: answers.get("colour") == "blue",
    ),
    Step("when", WhenForm, "When?"),
]


@login_not_required
def look(request: HttpRequest) -> HttpResponse:
    rows = [[{"text": f"Event {n}", "href": f"#e{n}"}, "London", str(n)] for n in range(1, 6)]
    page = {
        "title": "A page of everything",
        "caption": "Sample",
        "back": "/",
        "description": "Shows every part",
        "rows": rows,
        "listed": page_of(list(range(200)), request),
    }
    return render(request, "design/sample_look.jinja", page)


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    page = {"title": "Help make services better", "question": True, "wide": True}
    return render(request, "design/sample_front.jinja", page)


@login_not_required
def wide(request: HttpRequest) -> HttpResponse:
    rows = [
        [
            {"text": f"Person {n}", "href": f"#p{n}"},
            "Large print",
            "By video",
            "Volunteer",
            "2:30pm",
            n,
        ]
        for n in range(1, 12)
    ]
    page = {"title": "People at this event", "wide": True, "rows": rows, "back": "/"}
    return render(request, "design/sample_wide.jinja", page)


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    form = EveryForm(request.POST or None)
    if form.is_valid():
        messages.success(request, "Your answers are kept")
        return redirect("look")
    page = {"title": "Tell us everything", "form": form, "back": "/look/"}
    return render(request, "design/sample_form.jinja", page)


@login_not_required
def question(request: HttpRequest, step: str) -> HttpResponse:
    journey = Journey(request, "sample", STEPS, lambda slug: reverse("question", args=[slug]))
    if step == "check":
        missing = journey.first_missing()
        if missing:
            return redirect(journey.address(missing.slug))
        if request.method == "POST" and journey.sealed_by(request.POST):
            answers = journey.answers()
            journey.forget()
            return HttpResponse(f"Done: {answers['colour']} {answers['on']}")
        page = {"title": "Check your answers", "journey": journey, "back": journey.before("check")}
        return render(request, "design/sample_check.jinja", page)
    here = journey.step(step)
    missing = journey.first_missing()
    if missing and journey.skipped(here):
        return redirect(journey.address(missing.slug))
    form = journey.form(here)
    if form.is_valid():
        journey.keep(here, form)
        return redirect(journey.after(here))
    page = {"title": here.title, "form": form, "back": journey.before(here), "question": True}
    return render(request, "design/sample_question.jinja", page)


def private(request: HttpRequest) -> HttpResponse:
    return render(request, "design/problem.jinja", {"title": "Private", "sentences": ["Hello"]})


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


@login_not_required
def entrance(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign in here")


urlpatterns = [
    path("look/", look, name="look"),
    path("front/", front, name="front"),
    path("wide/", wide, name="wide"),
    path("form/", everything, name="form"),
    path("question/<slug:step>/", question, name="question"),
    path("private/", private, name="private"),
    path("broken/", broken, name="broken"),
    path("in/", entrance, name="account_request_login_code"),
    path("out/", entrance, name="account_logout"),
]
handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error

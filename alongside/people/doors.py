"""A door for pages that belong to a person: signed in, and the person's record exists."""

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from alongside.accounts.doors import View, member
from alongside.people import actions
from alongside.people.models import Person


def member_person(view: View) -> View:
    """Open the page to anybody signed in, with ``request.user.person`` made on the first visit."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        person: Person | None = getattr(request.user, "person", None)  # read with the sign-in
        if person is None:
            person = actions.person_for(user=request.user, by=request.user)
        actions.mark_active(person=person)
        request.user.person = person
        return view(request, *args, **kwargs)

    return member(guarded)

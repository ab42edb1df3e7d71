"""What people and staff are asked about a person, and what counts as an answer."""

from alongside.people.forms.details import (
    AddForm,
    AddressForm,
    AreaForm,
    ConnectionForm,
    CorrectForm,
    NameForm,
    ReachForm,
)
from alongside.people.forms.needs import NeedChoicesForm, NeedsForm
from alongside.people.forms.other import (
    CloseForm,
    EqualityForm,
    EraseForm,
    EraseReasonForm,
    InvitationsForm,
    PauseForm,
    PeriodForm,
    SearchForm,
    TopicsForm,
    YearForm,
)

__all__ = [
    "AddForm",
    "AddressForm",
    "AreaForm",
    "CloseForm",
    "ConnectionForm",
    "CorrectForm",
    "EqualityForm",
    "EraseForm",
    "EraseReasonForm",
    "InvitationsForm",
    "NameForm",
    "NeedChoicesForm",
    "NeedsForm",
    "PauseForm",
    "PeriodForm",
    "ReachForm",
    "SearchForm",
    "TopicsForm",
    "YearForm",
]

"""What people are asked: those who take part, and staff who write adverts."""

from alongside.opportunities.forms.finding import FindForm
from alongside.opportunities.forms.on_behalf import AddPersonForm, FindPersonForm
from alongside.opportunities.forms.running import (
    BecauseForm,
    ClosingForm,
    DecideForm,
    PlacesForm,
    SupportOfferForm,
)
from alongside.opportunities.forms.taking_part import (
    BehalfForm,
    CameForm,
    HowForm,
    NeedsForm,
    wish_of,
)
from alongside.opportunities.forms.writing import SECTIONS, SectionForm, StartForm

__all__ = [
    "SECTIONS",
    "AddPersonForm",
    "BecauseForm",
    "BehalfForm",
    "CameForm",
    "ClosingForm",
    "DecideForm",
    "FindForm",
    "FindPersonForm",
    "HowForm",
    "NeedsForm",
    "PlacesForm",
    "SectionForm",
    "StartForm",
    "SupportOfferForm",
    "wish_of",
]

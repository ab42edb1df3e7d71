"""What people are asked: those who take part, and staff who write adverts."""

from alongside.opportunities.forms.finding import FindForm
from alongside.opportunities.forms.staff import (
    SECTIONS,
    AddPersonForm,
    BecauseForm,
    ClosingForm,
    DecideForm,
    FindPersonForm,
    PlacesForm,
    SectionForm,
    StartForm,
    SupportOfferForm,
)
from alongside.opportunities.forms.taking_part import (
    BehalfForm,
    CameForm,
    HowForm,
    NeedsForm,
    wish_of,
)

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

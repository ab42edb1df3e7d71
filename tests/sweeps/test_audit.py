"""What rooms write into the audit log can be searched by the words people read."""

import re

from django.conf import settings

from alongside.accounts import audit
from alongside.people import registry


def test_every_action_of_every_room_has_words_to_search_by():
    rooms = "events|home|messaging|opportunities|organisation|people"
    code = re.compile(rf'["\']((?:{rooms})\.[a-z]+(?:_[a-z]+)+)["\']')
    used = set()
    for path in (settings.BASE_DIR / "alongside").rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            used |= set(code.findall(path.read_text(encoding="utf-8")))
    used |= {"accounts.signed_in", "accounts.audit_searched"}  # its session keys look the same
    used -= set(registry.RETENTIONS)
    assert len(used) > 100
    assert used - set(audit.said()) == set()

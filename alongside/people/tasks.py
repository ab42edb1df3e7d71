"""What the worker does for this room."""

from datetime import time, timedelta

from alongside.accounts import audit
from alongside.core.tasks import periodic, task
from alongside.people import retention
from alongside.people.actions.erasing import erase_again
from alongside.people.models import Person


@periodic(every=timedelta(days=7), at=time(3, 45))
def tidy_old_data() -> None:
    """Take out what is older than the table in docs/data-protection/retention.md says."""
    for _tidied in retention.tidy(dry_run=False):
        pass


@task()
def erase_what_came_late(person_key: str) -> None:
    """Take out what was being written about somebody while they were erased."""
    erase_again(person=Person.objects.get(key=person_key), by=audit.system())

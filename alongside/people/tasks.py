"""What the worker does for this room."""

from datetime import time, timedelta

from alongside.core.tasks import periodic
from alongside.people import retention


@periodic(every=timedelta(days=7), at=time(3, 45))
def tidy_old_data() -> None:
    """Take out what is older than the table in docs/data-protection/retention.md says."""
    for _tidied in retention.tidy(dry_run=False):
        pass

"""What comes round by itself."""

from datetime import time, timedelta

from alongside.accounts import actions
from alongside.core.tasks import periodic


@periodic(every=timedelta(days=1), at=time(3, 10))
def tidy_sign_ins() -> None:
    """Forget sign-ins that are over, with the device and network address kept for each."""
    actions.tidy_sessions()

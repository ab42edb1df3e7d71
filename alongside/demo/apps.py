"""Says on every page that this trust is invented."""

from django.apps import AppConfig
from django.conf import settings


class Demo(AppConfig):
    """The demo room."""

    name = "alongside.demo"

    def ready(self) -> None:
        """Hang the banner, in demo mode only."""
        if not settings.DEMO:
            return
        from alongside.demo import frame
        from alongside.design.frame import frame_parts

        frame_parts.append(frame.banner)

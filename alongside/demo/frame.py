"""The line above every page of a demonstration."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.design.frame import Banner


def banner(request: HttpRequest) -> dict[str, Any]:
    """Say that everybody here is invented, and where to change shoes."""
    return {
        "banner": Banner(
            "Demonstration",
            "Everybody here is invented.",
            reverse("demo:shoes"),
            "Step into somebody's shoes",
        )
    }

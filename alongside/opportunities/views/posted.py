"""What was sent, for a form to read."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, an empty answer too; None where the page was only opened."""
    return request.POST if request.method == "POST" else None

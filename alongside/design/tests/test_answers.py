"""An address that only takes answers is a page too."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed

from alongside.design.answers import NoBlankPages


@pytest.mark.parametrize(("method", "status"), [("get", 404), ("head", 404), ("put", 405)])
@pytest.mark.django_db
def test_coming_back_to_what_only_takes_answers_is_not_found(rf, method, status):
    answer = NoBlankPages(lambda request: HttpResponseNotAllowed(["POST"]))(
        getattr(rf, method)("/x/")
    )
    assert answer.status_code == status
    assert (b"<h1" in answer.content) is (status == 404)


def test_every_other_answer_is_left_alone(rf):
    answer = HttpResponse("words")
    assert NoBlankPages(lambda request: answer)(rf.get("/x/")) is answer

"""How the page tests read an answer."""

import datetime as dt
import re

from bs4 import BeautifulSoup

DAY = dt.timedelta(days=1)
HARD = "<script>alert(1)</script> ‮ 🙂 مرحبا"


def soup(answer) -> BeautifulSoup:
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    return BeautifulSoup(answer.content, "lxml")


def words(answer) -> str:
    return re.sub(r"\s+", " ", soup(answer).main.get_text(" "))


def errors(answer) -> list[str]:
    return [item.get_text(strip=True) for item in soup(answer).select(".nhsuk-error-summary li")]

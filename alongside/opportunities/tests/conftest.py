"""Somebody signed in, for the page tests."""

import pytest
from django.test import Client

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.people.tests.factories import make_member


@pytest.fixture
def staff(client: Client):
    user = make_staff("coordinator")
    sign_in(client, user)
    return user


@pytest.fixture
def member(client: Client):
    user = make_member(connection="carer")
    sign_in(client, user)
    return user

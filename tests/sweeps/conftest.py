"""The world the sweeps go round."""

import pytest

from tests.world import World


@pytest.fixture
def world(cast):
    """One of everything, and the cast."""
    return World(cast)

"""The shipped district, loaded."""

import pytest
from django.core.management import call_command


@pytest.fixture
def lixia(db):
    call_command("load_lixia", verbosity=0)

"""Whether the site says truly that it lives and is ready."""

import pytest


def test_a_living_process_says_so_without_the_database(client):
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_the_database_under_test_is_postgresql():
    from django.db import connection

    assert connection.vendor == "postgresql"

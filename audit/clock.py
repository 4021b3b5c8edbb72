"""The one clock of the house: the database's, since the clocks of hosts drift."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """This moment by the database's clock, aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]

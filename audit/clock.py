"""The one clock of the house: the database's, since the clocks of hosts drift."""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func


def now() -> datetime:
    """This moment by the database's clock, aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class Moment(Func):
    """This moment, inside a query."""

    template = "clock_timestamp()"
    output_field = DateTimeField()

"""What a process of the web server keeps is read before its first visitor comes."""

import logging

from django.db import DatabaseError, connection
from django.utils.timezone import localdate

from accountability.duties import version_on
from accountability.suggester.kept import known
from accountability.worktime import LOCAL
from audit import clock

log = logging.getLogger(__name__)


def read_ahead() -> None:
    """The list in force as the suggester knows it; where no database answers yet, the first report reads it."""
    try:
        day = localdate(clock.now(), LOCAL)
        version = version_on(day)
        if version:
            known(version, day)
    except DatabaseError as error:
        log.warning("The list is read later, the database does not answer: %s", error)
    finally:
        connection.close()

"""The three doors for a report, who may use which, and taking a report in through one."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Channel
from engagement.actions import receive
from engagement.forms import ReportForm
from engagement.models import Report
from engagement.placing import settle
from files.actions import NONE_CHOSEN
from grids.standing import LOOKING, Standing
from people.models import Role

# Whose work a door is; a resident's is open to everybody.
WORK: Mapping[str, tuple[tuple[str, ...], Promise]] = {
    Channel.HOTLINE: ((Role.CLERK,), _("Taking down calls is the hotline clerks' work.")),
    Channel.GRID: (LOOKING, _("Reporting from the street is the work of grid workers and community workers.")),
}


class NotYourDoor(ValidationError):
    """This door is for people in another role."""


def check_door(channel: str, by: Standing | None) -> None:
    """Raises NotYourDoor for whoever has no business at this door."""
    roles, sentence = WORK.get(channel, ((), ""))
    if roles and (by is None or by.roles.isdisjoint(roles)):
        raise NotYourDoor(sentence, code="wrong_person")


def take(form: ReportForm, channel: str, by: Standing | None, at: datetime) -> Report:
    """Take in what a valid form says. Raises GridUnclear to ask, a ValidationError to refuse."""
    point, area = settle(form.point(), form.chosen_area(), form.cleaned_data["grid"])
    return receive(
        **form.said(), point=point, area=area, channel=channel, by=by, at=at,
        form_key=form.cleaned_data["form_key"], captured_at=form.cleaned_data["captured_at"],
        photos=form.cleaned_data.get("photos") or NONE_CHOSEN,
    )  # fmt: skip

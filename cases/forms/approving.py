"""The forms by which the leader of a street says yes or no to a whistle."""

from django.utils.translation import gettext_lazy as _

from cases.approving import undecided
from cases.forms.base import MoveForm, Setting, words
from people.models import Unit


class ApproveForm(MoveForm):
    """Whoever decides reads first what the whistle says, and whom it calls."""

    template = "cases/approve.html"
    note = words(_("Note"), hint=_("The dispatcher reads it."))

    def prepare(self, setting: Setting) -> None:
        self.whistles = undecided(setting.case) if setting.case.approval else []
        named = [one["unit"] for whistle in self.whistles for one in whistle.wanted]
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=named)}
        for whistle in self.whistles:
            whistle.units = [{**one, "named": units[one["unit"]]} for one in whistle.wanted]


class RejectForm(ApproveForm):
    note = words(
        _("Why the whistle is not approved"),
        _("Write what the street should do first, for example “Talk to the owner once more with the community worker”"),
        _("The dispatcher reads this and goes on from here; no unit hears of it."),
    )


class ObjectForm(ApproveForm):
    note = words(
        _("Why the whistle was not needed"),
        _("Write the reason, for example “Our own enforcement team was two streets away”"),
        _("The units stay called. It counts as a whistle of the street that was not needed."),
    )

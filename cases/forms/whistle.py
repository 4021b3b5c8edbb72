"""Blowing the whistle, and sending one out that waits at the district desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.duties import calls_for, duty_texts
from accountability.models import Function
from cases.belonging import Belongs, belongs_to
from cases.calling import Call, urgency_of, why_wait
from cases.forms.base import Setting, words
from cases.forms.calling import CallingForm
from cases.forms.lists import belonging_groups, limits_in_words, promised, version_of
from cases.models import Precedent, Whistle, WhistleKind
from cases.precedents import offered

LONGEST = Whistle._meta.get_field("first_action").max_length or 0

KINDS = {
    WhistleKind.PROMINENT: gettext_lazy("The leading unit carries it; not everybody has to come at once."),
    WhistleKind.ENFORCEMENT: gettext_lazy(
        "Units come to the same place. Open a joint action then: from it nobody leaves without the street's word."
    ),
    WhistleKind.EMERGENCY: gettext_lazy("Danger to people, gas, collapse: call first, the papers follow."),
}
# Why a whistle waits at the district desk, in the words of the page.
WAITS = {
    "no_item": gettext_lazy("No item of the list names a unit to lead, so the district desk decides who comes."),
    "off_list": gettext_lazy("A unit is called that the list does not name, so the district desk decides first."),
    "outside_district": gettext_lazy(
        "A unit is not under the district's command, so the district desk passes the call on."
    ),
    "other_lead": gettext_lazy("Another unit leads than the list says, so the district desk decides first."),
}


def why_it_waits(code: str, *, named: bool) -> str:
    """The sentence for the rule by which a whistle waits; "" where it goes out at once."""
    if code and not named:
        return _("The street names nobody, so the district desk decides who comes.")
    return str(WAITS.get(code, ""))


def wanted_of(function: Function | None) -> dict[str, dict[str, Any]]:
    """Beyond the list the unit whose function it is is asked to lead; the form gives the function as its reason."""
    if function is None or function.unit is None:
        return {}
    told = {"code": function.code, "title": function.title}
    reason = _("Beyond the list it is its function: %(code)s %(title)s") % told
    return {function.unit.code: {"unit": function.unit.code, "leads": True, "reason": reason}}


class WhistleForm(CallingForm):
    """What the street did first, why it cannot finish, which item, who comes, and which kind of whistle."""

    template = "cases/whistle.html"

    first_action = words(
        gettext_lazy("What the street has done already"),
        gettext_lazy(
            "Write what has been done, for example “11 March, 9:30: talked to the owner, three tables taken in”"
        ),
        gettext_lazy("Who, when, and how far it got. The units read this."),
        most=600,
    )
    why = words(
        gettext_lazy("Why the street cannot finish it"),
        gettext_lazy(
            "Write what the street lacks, for example “Only a unit with the right to measure can establish it”"
        ),
        rows=2,
        most=300,
    )
    item = forms.ChoiceField(
        label=gettext_lazy("Item of the responsibility list"),
        required=False,
        help_text=gettext_lazy("The list then says who comes. Where nothing fits, the district desk decides."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which kind of whistle"),
        choices=WhistleKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which kind of whistle it is")},
    )

    def prepare(self, setting: Setting) -> None:
        case = setting.case
        self.version = version_of(case, setting.at)
        self.fields["item"].choices = belonging_groups(self.version, _("Nothing on the list fits"), setting.at)
        self.fields["item"].initial = Belongs(case.item, case.function).code
        self.fields["kind"].notes = {kind.value: said for kind, said in KINDS.items()} | self._pressing(setting)
        code = self.data.get("item", "") if self.is_bound else self.get_initial_for_field(self.fields["item"], "item")
        self.chosen, self.beyond = belongs_to(code, localdate(setting.at))
        parties = calls_for(self.chosen, self.version, case.office) if self.chosen else []
        self.offer(setting, parties, wanted_of(self.beyond))

    def _pressing(self, setting: Setting) -> dict[str, str]:
        """An emergency says which limits it brings along, where they are others than the case's."""
        urgency = urgency_of(WhistleKind.EMERGENCY, setting.case.urgency)
        if urgency == setting.case.urgency:
            return {}
        said = {"words": KINDS[WhistleKind.EMERGENCY], "limits": limits_in_words(setting.at)[urgency]}
        return {WhistleKind.EMERGENCY.value: _("%(words)s Then: %(limits)s.") % said}

    @property
    def waits(self) -> str:
        """Said beforehand: why this whistle would not go out at once as it stands."""
        duties = duty_texts(self.chosen, self.version) if self.chosen else []
        calls = [Call(unit, unit.code == self.listed_lead, duty) for unit, duty in self.offered.values()]
        if self.is_bound and hasattr(self, "calls"):
            calls = self.calls
        return why_it_waits(
            why_wait(calls, duties, self.called, place_code=self.setting.case.place_code), named=bool(calls)
        )

    @property
    def precedents(self) -> list[Precedent]:
        """How it was decided before whose matter this is."""
        return offered(self.setting.case, self.chosen)

    @property
    def limits(self) -> list[dict[str, str]]:
        """What follows, and by when."""
        return promised(urgency_of(self["kind"].value() or "", self.setting.case.urgency), self.setting.at)

    def clean(self) -> None:
        super().clean()
        over = 0 if self.errors else len(self.told()) - LONGEST
        if over > 0:
            refused = _("With the reasons below these words are %(over)s characters too long. Shorten one of them.")
            self.add_error("first_action", ValidationError(refused, "too_long", {"over": over}))

    def told(self) -> str:
        """What the units read: what was done, why it is not enough, and why somebody named is not called."""
        return "\n".join([self.cleaned_data["first_action"], self.cleaned_data["why"], *self.left_out()])

    def arguments(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"]
        named = {"item": self.chosen, "function": self.beyond}
        return {"kind": kind, "first_action": self.told(), "calls": self.calls, **named}


class DispatchForm(CallingForm):
    """The district desk goes over what the street asked for and sends it out."""

    template = "cases/dispatch.html"

    note = words(gettext_lazy("Note to the units"), hint=gettext_lazy("What the desk decided, and why."))

    def prepare(self, setting: Setting) -> None:
        case = setting.case
        self.whistle = case.whistles.filter(sent_at=None, sent_back_at=None).first()
        asked = self.whistle.wanted if self.whistle else []
        parties = calls_for(case.item, version_of(case, setting.at), case.office) if case.item else []
        wanted = {one["unit"]: one for one in asked}
        self.offer(setting, parties, wanted or wanted_of(case.function))

    def arguments(self) -> dict[str, Any]:
        note = "\n".join(filter(None, [self.cleaned_data["note"], *self.left_out()]))
        return {"calls": self.calls, "note": note}

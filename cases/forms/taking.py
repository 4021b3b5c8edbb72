"""The forms by which a street, or the desk, takes a case in hand: place, accept, settle ourselves."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Item, Situation, Urgency
from cases.belonging import Belongs, belongs_to
from cases.forms.base import MoveForm, Setting, words
from cases.forms.lists import belonging_groups, limits_in_words, situation_groups, version_of
from cases.models import Level
from cases.placing import said_to_lie_in, street_of, within
from cases.posts import IN_CHARGE
from grids.models import Area, AreaKind, Posting, Station
from grids.standing import LOOKING
from people.models import Role, User
from people.words import WordsField

WHO_AT = {Level.GRID: (Role.GRID_WORKER,), Level.COMMUNITY: (Role.COMMUNITY, Role.SPECIALIST)}


class PlaceForm(MoveForm):
    """The desk names the street of a case that came without one."""

    street = forms.ModelChoiceField(
        label=_("Which street"),
        queryset=Area.objects.none(),
        to_field_name="code",
        empty_label=_("Choose a street"),
        help_text=_("The street's dispatcher accepts it or turns it down; its clock starts anew."),
        error_messages={
            "required": _("Choose the street that the place lies in"),
            "invalid_choice": _("Choose the street that the place lies in"),
        },
    )
    note = words(_("How you know"), hint=_("For example “The address names Dianliu New Village”."))

    def prepare(self, setting: Setting) -> None:
        inside = Area.objects.under(setting.case.place_code).filter(kind=AreaKind.STREET)
        self.fields["street"].queryset = inside
        self.known = said_to_lie_in(setting.case)
        self.fields["street"].initial = street_of(self.known)

    def arguments(self) -> dict[str, Any]:
        return {"area": within(self.cleaned_data["street"], self.known), "note": self.cleaned_data["note"]}


class AcceptForm(MoveForm):
    """The street says in its own words what the matter is, and what of the list it falls under."""

    template = "cases/accept.html"

    summary = WordsField(
        label=_("The matter in one sentence"),
        max_length=200,
        help_text=_("In your own words, with what and where; no names, no phone numbers."),
        error_messages={
            "required": _("Write the matter in one sentence, for example “Street lamp out at 14 Dianxin East Road”")
        },
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        to_field_name="code",
        empty_label=None,
        error_messages={"required": _("Choose a category"), "invalid_choice": _("Choose a category")},
    )
    item = forms.ChoiceField(
        label=_("Item of the responsibility list"),
        required=False,
        help_text=_(
            "The list says who leads and who supports; below it stands what departments do beyond it. Leave it open"
            " when nothing fits."
        ),
    )
    situation = forms.ChoiceField(
        label=_("Situation"), required=False, help_text=_("As a grid worker would say it; it brings its item along.")
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect)
    confidential = forms.BooleanField(
        label=_("Confidential: who handles it does not learn who reported it, nor their own words"), required=False
    )
    note = words(_("Note"), hint=_("What those who go on with it should know."))

    def prepare(self, setting: Setting) -> None:
        case = setting.case
        version = SimpleLazyObject(lambda: version_of(case, setting.at))
        # Read when they are shown, or when one is named.
        self.fields["item"].choices = cache(lambda: belonging_groups(version, _("None yet"), setting.at))
        self.fields["situation"].choices = cache(lambda: situation_groups(version, _("None yet")))
        self.fields["urgency"].notes = SimpleLazyObject(lambda: limits_in_words(setting.at))
        if get_language() == "en":
            self.fields["category"].label_from_instance = lambda category: category.name_en
        self.fields["summary"].initial = case.summary
        self.fields["category"].initial = case.category.code
        self.fields["item"].initial = Belongs(case.item, case.function).code
        self.fields["situation"].initial = case.situation.code if case.situation else ""
        self.fields["urgency"].initial = case.urgency
        if case.confidential:  # and stays so
            del self.fields["confidential"]

    def clean_item(self) -> Item | None:
        """The item; a function beyond the list stands beside it, as `function`."""
        item, self.cleaned_data["function"] = belongs_to(self.cleaned_data["item"], localdate(self.setting.at))
        return item

    def clean_situation(self) -> Situation | None:
        return Situation.objects.select_related("item").filter(code=self.cleaned_data["situation"]).first()

    def clean(self) -> None:
        said = self.cleaned_data
        item, situation, function = said.get("item"), said.get("situation"), said.get("function")
        if situation and (function or item and situation.item_id != item.pk):
            wrong = _("This situation belongs to %(code)s. Choose that item, or leave the situation open.")
            self.add_error("situation", ValidationError(wrong, "other_item", {"code": situation.item.code}))
        elif situation:
            self.cleaned_data["item"] = situation.item

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        named = ("summary", "category", "item", "function", "situation", "urgency", "note")
        return {name: said[name] for name in named} | {"confidential": said.get("confidential", False)}


class SelfHandleForm(MoveForm):
    """The street settles it without a whistle: who of the place, and what they will do."""

    who = forms.ChoiceField(
        label=_("Who settles it"),
        help_text=_("People and stations of this place."),
        error_messages={"required": _("Choose who settles it"), "invalid_choice": _("Choose who settles it")},
    )
    note = words(
        _("What will be done"),
        _("Write what will be done, for example “Clear the pavement tonight, come back tomorrow at 20:00”"),
        _("Whoever settles it reads this, and so does the inspector."),
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["who"].choices = _hands(setting)

    def arguments(self) -> dict[str, Any]:
        level, _colon, key = self.cleaned_data["who"].partition(":")
        return {
            "level": Level(level),
            "worker": User.objects.get(pk=key) if level in WHO_AT else None,
            "unit": Station.objects.get(unit=key).unit if level == Level.STATION else None,
            "note": self.cleaned_data["note"],
        }


def people_near(setting: Setting, levels: Sequence[Level]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Of these levels who could settle it at this place, whoever asks."""
    posts = _posts_near(setting).select_related("user", "area").order_by("area__code", "user__name")
    rows = list(posts)
    groups: list[tuple[Any, list[tuple[str, str]]]] = [
        (level.label, _people(level, roles, rows)) for level, roles in WHO_AT.items() if level in levels
    ]
    return [*groups, (Level.STREET.label, [(f"{Level.STREET.value}:", str(setting.case.office))])]


def _posts_near(setting: Setting) -> QuerySet[Posting]:
    code = setting.case.place_code
    posts = Posting.objects.current(setting.at).filter(role__in=LOOKING, user__is_active=True)
    return posts.filter(area__code__startswith=code) | posts.over(code)


def _hands(setting: Setting) -> list[tuple[str, Any]]:
    """Who can settle it at this place, by level; people as `grid:7`, stations as `station:31`.

    Whoever is not in charge of the case can only take it on themselves.
    """
    case, in_charge = setting.case, IN_CHARGE.holds(setting.case, setting.standing)
    near = _posts_near(setting)
    if not in_charge:
        near = near.filter(user=setting.standing.user_id)
    rows = list(near.select_related("user", "area").order_by("area__code", "user__name"))
    groups = [(level.label, _people(level, roles, rows)) for level, roles in WHO_AT.items()]
    if in_charge:
        stations = Station.objects.filter(street__code=case.place_code[:9]).select_related("unit")
        groups.append((Level.STREET.label, [(f"{Level.STREET.value}:", str(case.office))]))
        groups.append(
            (Level.STATION.label, [(f"{Level.STATION.value}:{one.unit_id}", str(one.unit)) for one in stations])
        )
    return [("", _("Choose")), *((label, options) for label, options in groups if options)]


def _people(level: Level, roles: tuple[Role, ...], rows: list[Posting]) -> list[tuple[str, str]]:
    return [
        (f"{level.value}:{post.user_id}", f"{post.user.name} · {post.area.name}") for post in rows if post.role in roles
    ]

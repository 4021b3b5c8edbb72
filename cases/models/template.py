"""Phrases that a district, or a unit, keeps for the notes of moves."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models import Category
from cases.models.case import State
from cases.models.step import Verb
from cases.models.summons import Answer
from cases.querysets import ReplyTemplateQuerySet
from changes.models import Change
from people.models import Unit


def new_code() -> str:
    return uuid.uuid4().hex


class ReplyTemplate(models.Model):
    """Words for the note of one move, with named gaps; the whole district's, by reviewed change, or one unit's own."""

    code = models.CharField(max_length=32, unique=True, default=new_code)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="reply_templates")
    verb = models.CharField(max_length=12, choices=Verb)
    state = models.CharField(max_length=12, choices=[*State.choices, *Answer.choices], blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="reply_templates")
    title = models.CharField(max_length=40)
    text = models.CharField(max_length=600, help_text=_("With gaps like {place}, filled from the case"))
    basis = models.CharField(max_length=300, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+", help_text=_("What wrote it last"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["verb", "title", "pk"]
        indexes = [
            models.Index(fields=["verb"], condition=models.Q(retired_at=None), name="reply_templates_in_use"),
        ]

    def __str__(self) -> str:
        return self.title

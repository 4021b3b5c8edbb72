"""Keeping reply templates: written, changed, retired. Cases that used one keep their words."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.models import ReplyTemplate
from cases.moves import MoveRefused
from cases.reply_templates import NOT_YOURS, check_gaps, may_keep
from grids.standing import Standing


def _check(template: ReplyTemplate, by: Standing) -> None:
    if not may_keep(template.unit_id, by):
        raise MoveRefused(
            str(NOT_YOURS),
            code="wrong_person",
        )


@transaction.atomic
def write_template(template: ReplyTemplate, *, by: Standing, at: datetime, **words: Any) -> ReplyTemplate:
    """Write a new one, or change what stands there: nobody takes what is not theirs, or puts it into others' hands."""
    if template.pk:
        template = ReplyTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
        _check(template, by)
    for name, value in words.items():
        setattr(template, name, value)
    _check(template, by)
    check_gaps(template.text)
    template.changed_by, template.changed_at = by.user, at
    template.save()
    return template


@transaction.atomic
def retire_template(template: ReplyTemplate, *, by: Standing, at: datetime) -> ReplyTemplate:
    """No longer offered; twice is once."""
    template = ReplyTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    _check(template, by)
    if template.retired_at is None:
        template.retired_at, template.changed_by, template.changed_at = at, by.user, at
        template.save()
    return template

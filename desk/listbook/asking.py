"""A version of the list that is to be exported, as an export job names it."""

from django.urls import reverse

from accountability.models import ListVersion
from desk.models import ExportJob
from grids.standing import Standing
from people.addresses import number_in

LIST = "list"  # beside the registers of admission
NAMED = "version="


def query_of(version: ListVersion) -> str:
    return f"{NAMED}{version.pk}"


def version_of(job: ExportJob, standing: Standing) -> ListVersion | None:
    """What its owner may read; None where it is not there for them any more."""
    rows = ListVersion.objects.visible_to(standing).select_related("kind")
    found: ListVersion | None = rows.filter(pk=number_in(job.query.removeprefix(NAMED)) or 0).first()
    return found


def page_of(version: ListVersion | None) -> str:
    """Where somebody reads it; of one that is gone, where all of them stand."""
    if version is None:
        return reverse("desk:list_versions")
    if version.number is None:
        return reverse("desk:list_draft", args=[version.pk])
    return f"{reverse('desk:items')}?kind={version.kind.code}&version={version.number}"

"""Who may see a photo that hangs on a report rather than on its case: whoever may see the case."""

from django.http import HttpRequest

from audit import clock
from cases.models import Case
from grids.standing import standing_of


def photo_of_report_visible(request: HttpRequest, report_id: int) -> bool:
    if not request.user.is_authenticated:
        return False
    standing = standing_of(request.user, clock.now())
    return Case.objects.visible_to(standing).filter(reports=report_id).exists()

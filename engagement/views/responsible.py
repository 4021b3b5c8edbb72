"""谁来管: anybody asks who is responsible, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import clock
from engagement.forms import WhoForm
from engagement.responsible import told
from people.api.entering import asked_too_often

TOO_OFTEN = 429


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """For words, or for a situation that a link names; from one address only so often a minute."""
    situation = request.GET.get("situation", "")[:16]
    form = WhoForm(request.GET if "q" in request.GET else None)
    if not situation and not form.is_bound:
        return render(request, "engagement/who.html", {"form": form})
    wait = asked_too_often(request.META["REMOTE_ADDR"])
    if wait is not None:
        return _later(request, form, wait)
    if not situation and not form.is_valid():
        return render(request, "engagement/who.html", {"form": form})
    words = "" if situation else form.cleaned_data["q"]
    street = form.cleaned_data["street"] if form.is_bound and form.is_valid() else ""
    answer, rows = told(clock.now(), words=words, situation=situation, street=street)
    return render(request, "engagement/who.html", {"form": form, "answer": answer, "rows": rows, "asked": words})


def _later(request: HttpRequest, form: WhoForm, wait: float) -> HttpResponse:
    sentence = _("Many questions came from your network in this minute. Try again in a minute.")
    page = render(request, "engagement/who.html", {"form": form, "sentence": sentence}, status=TOO_OFTEN)
    page["Retry-After"] = str(int(wait))
    return page

"""One's own tokens: what there are, one more, one less."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from audit import clock
from people.access import staff_required
from people.actions import TokenRefused, make_token, revoke_token
from people.forms import TokenForm
from people.keeping import kept_fields
from people.models import Token


@staff_required
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form for one more; what was made is shown on the answer to the form and never again."""
    form = TokenForm(request.POST or None, initial=kept_fields(request))
    secret = _made(request, form) if form.is_bound and form.is_valid() else ""
    shown = {"form": TokenForm() if secret else form, "secret": secret}
    rows = Token.objects.of(request.user).current()
    status = 422 if form.is_bound and not secret else 200
    page = render(request, "people/tokens.html", {**shown, "tokens": rows}, status=status)
    add_never_cache_headers(page)
    return page


def _made(request: HttpRequest, form: TokenForm) -> str:
    try:
        _token, secret = make_token(
            request.user, by=request.user, at=clock.now(), address=request.META.get("REMOTE_ADDR"), **form.cleaned_data
        )
    except TokenRefused as refused:
        form.add_error(None, refused)
        return ""
    return secret


@require_POST
@staff_required
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Nobody revokes another's here: to them it is not there."""
    token = get_object_or_404(Token.objects.of(request.user), token_key=key)
    revoke_token(token, by=request.user, address=request.META.get("REMOTE_ADDR"))
    return redirect("people:tokens")

"""One shape for every refusal: a code for programs, a sentence for people, the field that it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

# The statuses of what the rules of the house refuse; all others are 422.
STATUSES = {
    "wrong_person": 403, "wrong_state": 409, "made_elsewhere": 409, "rated_already": 409, "stale": 412,
    "too_many": 429,
}  # fmt: skip
INCOMPLETE = 422


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where: the name of a field, with dots into what it holds; "" for the whole."""

    code: str
    sentence: str
    field: str = ""


class Refusal(exceptions.APIException):
    """A refusal of our own, with its status; `more` goes into the answer beside the fault."""

    def __init__(self, status: int, code: str, sentence: str, field: str = "", **more: Any) -> None:
        super().__init__(sentence, code)
        self.status_code, self.faults, self.more = status, [Fault(code, sentence, field)], more


def several(faults: list[Fault], status: int = INCOMPLETE) -> Refusal:
    """Several things that a rule refuses at once; the first stands in front."""
    told = Refusal(status, faults[0].code, faults[0].sentence)
    told.faults = faults
    return told


class FaultShape(serializers.Serializer):
    code = serializers.CharField(help_text=_("Which rule refuses"))
    sentence = serializers.CharField(help_text=_("Why it is refused, and what to do"))
    field = serializers.CharField(help_text=_("Which field it is about; empty when it is about the whole"))


class ErrorShape(FaultShape):
    about = _("Every refusal has this shape; where several things are wrong, `errors` lists them all.")

    errors = FaultShape(many=True, required=False)


def body(faults: list[Fault], **more: Any) -> dict[str, Any]:
    several = {"errors": [asdict(fault) for fault in faults]} if len(faults) > 1 else {}
    return {**asdict(faults[0]), **several, **more}


def plain(status: int, code: str, sentence: str) -> JsonResponse:
    """A refusal from outside any view of the API."""
    return JsonResponse(body([Fault(code, sentence)]), status=status, json_dumps_params={"ensure_ascii": False})


def not_found() -> str:
    return gettext("There is nothing at this address that you may see. Addresses of the API end with a slash.")


def answer(problem: Exception, context: Mapping[str, Any]) -> Response | None:
    """What DRF calls for every exception of a view; None lets it through, as a fault of ours."""
    found = _read(problem)
    if found is None:
        return None
    set_rollback()
    status, faults = found
    headers = {name: str(value) for name, value in _headers(problem)}
    return Response(body(faults, **getattr(problem, "more", {})), status=status, headers=headers)


def _headers(problem: Exception) -> Iterator[tuple[str, Any]]:
    if getattr(problem, "auth_header", None):
        yield "WWW-Authenticate", problem.auth_header  # type: ignore[attr-defined]
    if getattr(problem, "wait", None):
        yield "Retry-After", int(problem.wait)  # type: ignore[attr-defined]


def _read(problem: Exception) -> tuple[int, list[Fault]] | None:
    if isinstance(problem, Http404 | exceptions.NotFound):
        return 404, [Fault("not_found", not_found())]
    if isinstance(problem, Refusal):
        return problem.status_code, problem.faults
    if isinstance(problem, exceptions.APIException):
        return problem.status_code, list(_told(problem.detail))
    if isinstance(problem, Refused):
        return status_of(problem), faults_of(problem)
    return None


def status_of(refused: Refused) -> int:
    """By the first code; a form's errors have many."""
    return STATUSES.get(str(getattr(refused, "code", "")), INCOMPLETE)


def faults_of(refused: Refused, names: Mapping[str, str] | None = None) -> list[Fault]:
    """Each error of a form or action; `names` says how the API calls a form's fields."""
    fields = refused.error_dict if hasattr(refused, "error_dict") else {"": refused.error_list}
    return [
        Fault(str(error.code or "invalid"), str(error.messages[0]), (names or {}).get(field, field))
        for field, errors in fields.items()
        for error in errors
    ]


def _told(detail: Any, field: str = "") -> Iterator[Fault]:
    """DRF nests what is wrong; we list it."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            inside = "" if name == "non_field_errors" else str(name)
            yield from _told(inner, ".".join(filter(None, [field, inside])))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _told(inner, field)
    else:
        yield Fault(getattr(detail, "code", "invalid"), str(detail), field)


def of_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")

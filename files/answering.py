"""What every view that takes a file in pieces does with a request, and how it answers: in JSON, refusals in words."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from files.models import PIECE_BYTES
from files.receiving import PieceRefused

View = Callable[..., HttpResponse]


class NoPiece(Exception):
    """The request is none that carries a piece: the answer to it."""

    def __init__(self, code: str, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.answer = refusal(code, sentence, status)


def in_json(view: View) -> View:
    """Refusals and a full store answer with a code and a sentence, which the page shows as they are."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except NoPiece as no_piece:
            answer = no_piece.answer
        except PieceRefused as refused:
            answer = refusal(refused.code, refused.sentence, 409)
        except ObjectDoesNotExist:
            answer = refusal("unknown", _("This file is not known any more. Choose it again."), 404)
        except UnreadablePostError:
            answer = refusal("broken_off", _("The connection broke off. It goes on by itself."), 400)
        except OSError:
            answer = refusal("store_full", _("Files cannot be stored at the moment. Try again later."), 507)
        answer["Cache-Control"] = "no-store"
        return answer

    return asked


def piece_in(request: HttpRequest) -> bytes:
    if request.content_type != "application/octet-stream":
        raise NoPiece("wrong_request", _("This file cannot be sent. Choose another."), 415)
    if int(request.META.get("CONTENT_LENGTH") or 0) > PIECE_BYTES:
        raise NoPiece("piece_too_large", _("This piece does not fit the file. Choose the file again."), 413)
    return request.body


def refusal(code: str, sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "sentence": sentence}, status=status)

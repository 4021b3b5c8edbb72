"""Pages of rows by keyset: the cursor names the last row seen, so the thousandth page costs what the first does."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from people.api.errors import Refusal

LARGEST = 200
# A cursor says on which side of which row its page lies; this is all that one can say.
ROW, CODED_ROW = "[0-9]{1,18}", "[A-Za-z0-9_-]{1,32}"
SIDES = {"after": False, "before": True}


class Keyset(CursorPagination):
    """Newest first, unless the resource says another unique order (`keyset`)."""

    page_size = 50
    page_size_query_param = "size"
    max_page_size = LARGEST
    cursor_query_description = gettext_lazy("Where the page begins: copied from `next` or `previous`, never made up")
    page_size_query_description = gettext_lazy("Rows a page, 1 to 200; 50 if not said")

    @property
    def names(self) -> tuple[str, ...]:
        """What it reads of an address."""
        return self.cursor_query_param, self.page_size_query_param

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return (view.keyset,)

    def _get_position_from_instance(self, instance: Any, ordering: tuple[str, ...]) -> str:
        for name in ordering[0].lstrip("-").split("__"):
            instance = getattr(instance, name)
        return str(instance)

    def get_page_size(self, request: Request) -> int:
        said = request.query_params.get(self.page_size_query_param)
        if said is None:
            return self.page_size
        if not re.fullmatch(r"[0-9]{1,3}", said) or not 1 <= int(said) <= LARGEST:
            raise Refusal(400, "invalid", _("A page has 1 to %(most)s rows.") % {"most": LARGEST}, "size")
        return int(said)

    def decode_cursor(self, request: Request) -> Cursor | None:
        if self.cursor_query_param not in request.query_params:
            return None
        said = request.query_params[self.cursor_query_param]
        if not re.fullmatch(_cursors(self.ordering[0]), said):
            sentence = _("This is no cursor of ours. Begin again at the first page.")
            raise Refusal(400, "invalid", sentence, self.cursor_query_param)
        side, _dash, position = said.partition("-")
        return Cursor(offset=0, reverse=SIDES[side], position=position)

    def encode_cursor(self, cursor: Cursor) -> str:
        """Positions are unique, so that no cursor needs to count rows beside them."""
        said = f"{'before' if cursor.reverse else 'after'}-{cursor.position}"
        return replace_query_param(self.base_url, self.cursor_query_param, said)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor, size = super().get_schema_operation_parameters(view)
        cursor["schema"]["pattern"] = f"^{_cursors(view.keyset)}$"
        size["schema"] = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": self.page_size}
        return [cursor, size]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri", "example": None}
        further = {**link, "example": "https://liixia.example.gov.cn/api/v1/cases/?cursor=after-17"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": further, "previous": link, "results": schema},
        }


def _cursors(keyset: str) -> str:
    return f"({'|'.join(SIDES)})-{CODED_ROW if keyset.endswith('code') else ROW}"

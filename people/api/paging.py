"""Pages of rows by keyset: the cursor names the last row seen, so the thousandth page costs what the first does."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from people.api.errors import Refusal

POSITION = re.compile(r"[\w-]{1,32}")
LARGEST = 200


class Keyset(CursorPagination):
    """Newest first, unless the resource says another unique order (`keyset`)."""

    page_size = 50
    page_size_query_param = "size"
    max_page_size = LARGEST
    cursor_query_description = gettext_lazy("Where the page begins: copied from `next` or `previous`, never made up")
    page_size_query_description = gettext_lazy("Rows a page, 1 to 200; 50 if not said")

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
        wrong = Refusal(400, "invalid", _("This is no cursor of ours. Begin again at the first page."), "cursor")
        try:
            cursor = super().decode_cursor(request)
        except Exception as unreadable:
            raise wrong from unreadable
        kind = POSITION if "code" in self.ordering[0] else re.compile(r"[0-9]{1,18}")
        if cursor is None or (cursor.position is not None and not kind.fullmatch(cursor.position)):
            raise wrong
        return cursor

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor, size = super().get_schema_operation_parameters(view)
        size["schema"] = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": self.page_size}
        return [cursor, size]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri", "example": None}
        further = {**link, "example": "https://liixia.example.gov.cn/api/v1/cases/?cursor=cD0xNw%3D%3D"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": further, "previous": link, "results": schema},
        }

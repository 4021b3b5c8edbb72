"""A body in other signs than UTF-8 is refused in a sentence, before anything trips over it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "klingon", "\\x00", "gbk"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_other_signs_are_refused(charset, kind):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = visitor.generic("POST", "/report/", b"words=x", content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 415
    assert len(answer.content.decode().strip().splitlines()) == 1


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"'])
def test_plain_ones_go_on(charset):
    visitor = Client(enforce_csrf_checks=True)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert visitor.generic("POST", "/report/", b"words=x", content_type=kind).status_code == 403

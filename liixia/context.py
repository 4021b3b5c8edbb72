"""What every page may say about the installation itself."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    """`demo_loading`: more made-up cases are still being played in the background."""
    return {"demo_loading": settings.LIIXIA_DEMO and settings.LOADING_FLAG.exists()}

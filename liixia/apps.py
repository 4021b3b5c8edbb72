"""How Django knows the project itself, installed for its commands, its heartbeats and its checks."""

from django.apps import AppConfig
from django.core import checks

from liixia.guards import check_settings


class LiixiaConfig(AppConfig):
    name = "liixia"

    def ready(self) -> None:
        checks.register(check_settings, checks.Tags.security)

"""How Django knows the project itself, installed for its commands."""

from django.apps import AppConfig


class LiixiaConfig(AppConfig):
    name = "liixia"

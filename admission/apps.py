"""How Django knows the app `admission`."""

from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "admission"
    default_auto_field = "django.db.models.BigAutoField"

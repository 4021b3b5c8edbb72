"""The queue's application: it finds every app's tasks and takes its settings from Django's."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
app = Celery("liixia")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

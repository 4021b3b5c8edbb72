"""Settings of the queue: it carries hints and slow work, and may be wiped at any second."""

import os

from liixia.launcher.places import queue_socket

CELERY_BROKER_URL = os.environ.get("REDIS_URL") or f"redis+socket://{queue_socket()}"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_keepalive": True,
    "health_check_interval": 25,
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "accountability.tasks.sweep", "schedule": 2.0, "options": {"expires": 10}},
    "photos": {"task": "files.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "forgotten photos": {"task": "files.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
    "exports": {"task": "desk.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "expired exports": {"task": "desk.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
    "imports": {"task": "gateway.tasks.tend", "schedule": 2.0, "options": {"expires": 10}},
    "forgotten imports": {"task": "gateway.tasks.sweep_away", "schedule": 600.0, "options": {"expires": 600}},
}

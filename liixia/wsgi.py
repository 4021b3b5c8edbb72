"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django_application = get_wsgi_application()

from liixia import celery  # noqa: E402, F401 - tasks that pages send go to this queue
from liixia.bodies import WholeBodies  # noqa: E402
from liixia.guards import refuse_unsafe_start  # noqa: E402
from liixia.launcher.web import SLOTS  # noqa: E402

refuse_unsafe_start()
application = WholeBodies(django_application, slots=SLOTS)

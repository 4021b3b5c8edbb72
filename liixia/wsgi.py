"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django_application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402

from liixia import celery  # noqa: E402, F401 - tasks that pages send go to this queue
from liixia.bodies import WholeBodies  # noqa: E402
from liixia.env import flag, words  # noqa: E402
from liixia.guards import refuse_unsafe_start  # noqa: E402
from liixia.launcher.web import SLOTS  # noqa: E402

refuse_unsafe_start()
get_resolver().url_patterns  # noqa: B018 - every page's code is read now, not while the first visitor waits
application = WholeBodies(django_application, slots=SLOTS)
# Wrong tries are counted, and sights of details logged, by address: behind a proxy by the visitor's, not the proxy's.
if flag("BEHIND_PROXY"):
    application = wrap_wsgi_with_proxy_headers(application, words("TRUSTED_PROXIES", "127.0.0.1"))

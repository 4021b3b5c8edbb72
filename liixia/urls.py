"""Every address of the site."""

from django.urls import include, path

from liixia import health

# What has a beginning of its own comes first: a program's request is tried against no page.
urlpatterns = [
    path("api/", include("liixia.api")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("desk.urls")),
    path("", include("cases.urls")),
    path("", include("admission.urls")),
    path("", include("engagement.urls")),
    path("", include("gateway.urls")),
    path("", include("people.urls")),
    path("", include("alerts.urls")),
    path("", include("files.urls")),
    path("", include("grids.urls")),
]

handler400 = "liixia.refusing.bad_request"
handler404 = "liixia.refusing.not_found"
handler500 = "liixia.refusing.failed"

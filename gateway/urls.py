"""Addresses of the app `gateway`."""

from django.urls import path

from gateway.views import pages, uploads

app_name = "gateway"
urlpatterns = [
    path("imports/", pages.imports, name="imports"),
    path("imports/files/", uploads.begin, name="begin"),
    path("imports/files/<uuid:pk>/pieces/<int:offset>/", uploads.piece, name="piece"),
    path("imports/files/<uuid:pk>/status/", uploads.status, name="status"),
    path("imports/<uuid:pk>/", pages.one, name="import"),
    path("imports/<uuid:pk>/take/", pages.take, name="take"),
    path("imports/<uuid:pk>/give-up/", pages.give_up, name="give_up"),
    path("imports/<uuid:pk>/rows.csv", pages.rows, name="rows"),
]

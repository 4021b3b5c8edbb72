"""Addresses of the app `files`."""

from django.urls import path

from files import views

app_name = "files"
urlpatterns = [
    path("photos/", views.begin, name="begin"),
    path("photos/<uuid:photo_id>/pieces/<int:offset>/", views.piece, name="piece"),
    path("photos/<uuid:photo_id>/status/", views.status, name="status"),
    path("photos/<uuid:photo_id>/remove/", views.remove, name="remove"),
    path("photos/<uuid:photo_id>/original/", views.original, name="original"),
    path("photos/<uuid:photo_id>/<slug:size>/", views.photo, name="photo"),
]

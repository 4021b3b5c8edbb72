"""Addresses of the app `alerts`."""

from django.urls import path

from alerts import views

app_name = "alerts"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/<int:pk>/open/", views.open_alert, name="open"),
    path("inbox/<int:pk>/digest/", views.read_digest, name="digest"),
]

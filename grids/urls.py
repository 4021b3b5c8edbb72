"""Addresses of the app `grids`."""

from django.urls import path

from grids import views

app_name = "grids"
urlpatterns = [path("map/outlines/<slug:kind>-<slug:mark>.geojson", views.outlines, name="outlines")]

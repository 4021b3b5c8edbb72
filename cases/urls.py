"""Addresses of the app `cases`."""

from django.urls import path

from cases.views import moving

app_name = "cases"
urlpatterns = [
    path("cases/<str:number>/do/<str:verb>/", moving.move, name="move"),
    path("cases/<str:number>/whistle/", moving.whistle, name="whistle"),
    path("cases/<str:number>/units/<int:summons_id>/do/<str:verb>/", moving.summons_move, name="summons_move"),
]

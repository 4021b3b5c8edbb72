"""Addresses of the app `desk`."""

from django.urls import path

from desk.views import case, dashboard, items, lists, maps, marks, my_work, search

app_name = "desk"
urlpatterns = [
    path("", my_work.start, name="my_work"),
    path("cases/", lists.cases, name="cases"),
    path("cases/<str:number>/", case.case, name="case"),
    path("search/", search.search, name="search"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("map/", maps.whole, name="map"),
    path("map/counts.json", maps.counts, name="map_counts"),
    path("map/points.json", maps.points, name="map_points"),
    path("list/", items.items, name="items"),
    path("list/<str:code>/", items.item, name="item"),
    path("list/<str:code>/edit/", items.item_edit, name="item_edit"),
    path("marks/", marks.marks, name="marks"),
    path("marks/<int:pk>/", marks.mark, name="mark"),
]

"""Addresses of the app `desk`."""

from django.urls import path

from desk.views import (
    bulk,
    case,
    changes,
    dashboard,
    drafts,
    exports,
    items,
    lists,
    maps,
    marks,
    my_work,
    saved,
    search,
    supervision,
    ways,
    whistles,
)

app_name = "desk"
urlpatterns = [
    path("", my_work.start, name="my_work"),
    path("cases/", lists.cases, name="cases"),
    path("cases/bulk/", bulk.bulk, name="bulk"),
    path("cases/views/", saved.views, name="views"),
    path("cases/views/<int:pk>/", saved.change, name="view"),
    path("cases/exports/", exports.ask, name="exports"),
    path("cases/exports/<uuid:pk>/", exports.export, name="export"),
    path("cases/exports/<uuid:pk>/file/", exports.file, name="export_file"),
    path("cases/<str:number>/", case.case, name="case"),
    path("search/", search.search, name="search"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("map/", maps.whole, name="map"),
    path("map/counts.json", maps.counts, name="map_counts"),
    path("map/points.json", maps.points, name="map_points"),
    path("list/", items.items, name="items"),
    path("list/<str:code>/", items.item, name="item"),
    path("list/<str:code>/edit/", items.item_edit, name="item_edit"),
    path("changes/", changes.changes, name="changes"),
    path("changes/new/", drafts.new, name="change_new"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/edit/", drafts.change_edit, name="change_edit"),
    path("changes/<int:pk>/<slug:verb>/", changes.act, name="change_act"),
    path("whistles/", whistles.whistles, name="whistles"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("workflow/", ways.ways, name="ways"),
    path("marks/", marks.marks, name="marks"),
    path("marks/<int:pk>/", marks.mark, name="mark"),
]

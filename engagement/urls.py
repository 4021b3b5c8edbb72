"""Addresses of the app `engagement`."""

from django.urls import path

from engagement.views import (
    asking,
    following,
    functions,
    links,
    picking,
    reporting,
    responsible,
    restraining,
    suggesting,
)

app_name = "engagement"
urlpatterns = [
    path("report/", reporting.citizen, name="report"),
    path("report/hotline/", reporting.clerk, name="clerk_report"),
    path("report/field/", reporting.field, name="field_report"),
    path("report/field/situations/", picking.situations, name="field_situations"),
    path("report/suggested/", suggesting.suggested, name="suggested"),
    path("who/", responsible.who, name="who"),
    path("who/functions/", functions.functions, name="functions"),
    path("receipt/", following.find, name="find"),
    path("receipt/<str:code>/", following.receipt, name="receipt"),
    path("receipt/<str:code>/rate/", following.rate, name="rate"),
    path("receipt/<str:code>/reopen/", following.reopen, name="reopen"),
    path("receipt/<str:code>/doubt/", following.doubt, name="doubt"),
    path("receipt/<str:code>/photos/", following.add_photos, name="add_photos"),
    path("cases/<str:number>/call-back/", asking.call_back, name="call_back"),
    path("r/<str:token>/", links.answer, name="answer"),
    path("cases/<str:number>/link/<int:report_id>/", links.make, name="make_link"),
    path("cases/<str:number>/reveal/<int:report_id>/", asking.reveal, name="reveal"),
    path("cases/<str:number>/restrain/<int:report_id>/", restraining.restrain, name="restrain"),
    path("restraints/", restraining.restraints, name="restraints"),
    path("restraints/<int:pk>/", restraining.restraint, name="restraint"),
]

"""Addresses of the app `cases`."""

from django.urls import path

from cases.views import disputes, joint, moving, ordering, reply_templates

app_name = "cases"
urlpatterns = [
    path("templates/", reply_templates.templates, name="templates"),
    path("templates/add/", reply_templates.template_add, name="template_add"),
    path("templates/<int:pk>/", reply_templates.template, name="template"),
    path("templates/<int:pk>/retire/", reply_templates.template_retire, name="template_retire"),
    path("cases/<str:number>/do/<str:verb>/", moving.move, name="move"),
    path("cases/<str:number>/order/", ordering.order, name="order"),
    path("cases/<str:number>/whistle/", moving.whistle, name="whistle"),
    path("cases/<str:number>/units/<int:summons_id>/do/<str:verb>/", moving.summons_move, name="summons_move"),
    path("cases/<str:number>/units/<int:summons_id>/dispute/", disputes.dispute, name="dispute"),
    path("cases/<str:number>/joint/<int:pk>/", joint.joint_action, name="joint"),
    path("cases/<str:number>/code/", joint.code, name="code"),
]

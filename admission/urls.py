"""Addresses of the app `admission`."""

from django.urls import path

from admission.views import applications, pledges, registers, tasks

app_name = "admission"
urlpatterns = [
    path("admission/", registers.applications, name="applications"),
    path("admission/apply/", applications.apply, name="apply"),
    path("admission/permits/", registers.permits, name="permits"),
    path("admission/revoked/", applications.revoked, name="revoked"),
    path("admission/blocked/", registers.attempts, name="attempts"),
    path("admission/<int:pk>/", applications.application, name="application"),
    path("admission/<int:pk>/again/", applications.resend, name="resend"),
    path("admission/<int:pk>/<slug:verb>/", applications.move, name="move"),
    path("tasks/", registers.tasks, name="tasks"),
    path("tasks/new/", tasks.hand, name="hand"),
    path("tasks/load/", tasks.load_of_streets, name="load"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/<slug:verb>/", tasks.move, name="task_move"),
    path("pledges/", registers.pledges, name="pledges"),
    path("pledges/new/", pledges.enter, name="enter"),
    path("pledges/cancelled/", pledges.cancelled, name="cancelled"),
    path("pledges/<int:pk>/", pledges.pledge, name="pledge"),
    path("pledges/<int:pk>/<slug:verb>/", pledges.move, name="pledge_move"),
]

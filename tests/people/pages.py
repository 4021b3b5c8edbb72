"""Addresses for tests: one staff page with a form, beside those of `people`."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from people.access import staff_required
from people.keeping import kept_fields

PAGE = """{% extends "base.html" %}{% block heading %}A form{% endblock %}
{% block content %}<form method="post">{% csrf_token %}{{ form }}</form>{% endblock %}"""


class NoteForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea, error_messages={"required": "Write what was done"})
    kind = forms.ChoiceField(choices=[("a", "Plain"), ("b", "Urgent")], widget=forms.RadioSelect)
    why = forms.CharField(required=False, help_text="In a sentence")


@staff_required
def note(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse("saved")
    return JsonResponse({"kept": kept_fields(request)})


@staff_required
def form(request: HttpRequest) -> HttpResponse:
    bound = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial=kept_fields(request) or {})
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": bound}, request))


urlpatterns = [
    path("note", note),
    path("form", form),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("people.urls")),
]

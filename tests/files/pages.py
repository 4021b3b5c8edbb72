"""A page with photos in its form, for tests in a browser; and every address of the site."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from files.actions import attach
from files.forms import PhotosField
from liixia.urls import urlpatterns as site

PAGE = Template(
    """{% load static %}<!DOCTYPE html><html lang="en"><head><title>Form</title>
    <link rel="stylesheet" href="{% static 'liixia/tokens.css' %}"></head><body class="phone"><main class="pad">
    <form method="post" novalidate>{% csrf_token %}{{ form }}<button class="btn go">Send the form</button></form>
    </main></body></html>"""
)


class Report(forms.Form):
    words = forms.CharField()
    photos = PhotosField()


def page(request: HttpRequest) -> HttpResponse:
    form = Report(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ids = attach(form.cleaned_data["photos"], kind="case", subject_id=7)
        return HttpResponse(f"<title>Thanks</title><h1>{len(ids)} photos came with it</h1>")
    return HttpResponse(PAGE.render(RequestContext(request, {"form": form})))


urlpatterns = [path("test-form/", page), *site]

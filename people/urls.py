"""Addresses of the app `people`."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("sign-in", views.SignInView.as_view(), name="sign_in"),
    path("sign-in/demo", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out", LogoutView.as_view(next_page="people:sign_in"), name="sign_out"),
    path("size", views.size, name="size"),
]

"""Addresses of the app `people`."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("sign-in", views.SignInView.as_view(), name="sign_in"),
    path("sign-in/demo", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out", views.SignOutView.as_view(), name="sign_out"),
    path("size", views.size, name="size"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<str:key>/revoke/", views.revoke, name="revoke_token"),
]

"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.core import views

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

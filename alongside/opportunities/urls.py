"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver

app_name = "opportunities"
urlpatterns: list[URLPattern | URLResolver] = []

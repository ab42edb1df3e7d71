"""Addresses of the demonstration. They do not exist when demo mode is off."""

from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.shoes, name="shoes"),
    path("<slug:code>/", views.step_into, name="step_into"),
]

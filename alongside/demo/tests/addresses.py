"""The house's addresses as they are in demo mode."""

from django.urls import include, path

from alongside.config.urls import (  # noqa: F401  (Django looks for the handlers here)
    handler400,
    handler403,
    handler404,
    handler500,
)
from alongside.config.urls import urlpatterns as house

urlpatterns = [*house, path("demo/", include("alongside.demo.urls"))]

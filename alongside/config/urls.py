"""Root addresses: each room says its own."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.home.urls")),
    path("", include("alongside.core.urls")),
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.organisation.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.messaging.urls")),
    path("", include("alongside.events.urls")),
    path("", include("alongside.opportunities.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("alongside.demo.urls")))

handler400 = "alongside.design.views.bad_request"
handler403 = "alongside.design.views.forbidden"
handler404 = "alongside.design.views.not_found"
handler500 = "alongside.design.views.server_error"

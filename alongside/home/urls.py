"""Addresses, in the order a person meets them."""

from django.urls import path

from alongside.home import views

app_name = "home"
urlpatterns = [
    path("", views.public_home, name="public"),
    path("me/", views.member_home, name="member"),
    path("staff/", views.staff_home, name="staff"),
    path("staff/jobs/", views.jobs, name="jobs"),
    path("staff/jobs/<slug:key>/", views.job, name="job"),
    path("staff/jobs/<slug:key>/decide/", views.decide_job, name="decide_job"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

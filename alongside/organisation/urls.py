"""Addresses, in the order an administrator meets them."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.organisation import views

app_name = "organisation"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "staff/organisation/",
        include(
            [
                path("", views.home, name="home"),
                path("names/", views.names, name="names"),
                path("names/new/", views.name, name="add_name"),
                path("names/<slug:key>/", views.name, name="name"),
                path("contact/", views.contact, name="contact"),
                path("councils/", views.councils, name="councils"),
                path("councils/new/", views.council, name="add_council"),
                path("councils/<slug:key>/", views.council, name="council"),
                path("areas/", views.areas, name="areas"),
                path("areas/new/", views.area, name="add_area"),
                path("areas/<slug:key>/", views.area, name="area"),
                path("services/", views.services, name="services"),
                path("services/new/", views.service, name="add_service"),
                path("services/<slug:key>/", views.service, name="service"),
                path("topics/", views.topics, name="topics"),
                path("topics/new/", views.topic, name="add_topic"),
                path("topics/<slug:key>/", views.topic, name="topic"),
                path("teams/", views.teams, name="teams"),
                path("teams/new/", views.add_team, name="add_team"),
                path("teams/<slug:key>/", views.team, name="team"),
                path("teams/<slug:key>/change/", views.change_team, name="change_team"),
                path("teams/<slug:key>/rename/", views.rename_team, name="rename_team"),
                path("teams/<slug:key>/merge/", views.merge_team, name="merge_team"),
                path("teams/<slug:key>/end/", views.end_team, name="end_team"),
                path("teams/<slug:key>/reopen/", views.reopen_team, name="reopen_team"),
            ]
        ),
    ),
]

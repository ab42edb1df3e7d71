"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.people import views

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    # a member's own
    path("me/details/", views.me, name="me"),
    path("me/details/right/", views.details_right, name="details_right"),
    path("me/details/<slug:part>/", views.change, name="change"),
    path("me/needs/", views.needs, name="needs"),
    path("me/needs/right/", views.needs_right, name="needs_right"),
    path("me/needs/choices/", views.need_choices, name="need_choices"),
    path("me/needs/<slug:group>/", views.need_group, name="need_group"),
    path("me/contact/", views.contact, name="contact"),
    path("me/contact/invitations/", views.invitations, name="invitations"),
    path("me/contact/topics/", views.topics, name="topics"),
    path("me/contact/pause/", views.pause, name="pause"),
    path("me/contact/start-again/", views.unpause, name="unpause"),
    path("me/history/", views.history, name="history"),
    path("me/history/letter/", views.letter, name="letter"),
    path("me/equality/", views.equality, name="equality"),
    path("me/everything/", views.everything, name="everything"),
    path("me/everything/keep/<slug:form>/", views.keep_everything, name="keep_everything"),
    path("me/close/", views.close, name="close"),
    path("account-closed/", views.closed, name="closed"),
    # for staff
    path("staff/people/", views.find, name="list"),
    path("staff/people/add/", views.add, name="add"),
    path("staff/people/reviews/", views.reviews, name="reviews"),
    path("staff/people/doubts/", views.doubts, name="doubts"),
    path("staff/people/<slug:key>/", views.person, name="person"),
    path("staff/people/<slug:key>/details/", views.correct, name="person_details"),
    path("staff/people/<slug:key>/needs/", views.person_needs, name="person_needs"),
    path(
        "staff/people/<slug:key>/needs/right/",
        views.person_needs_right,
        name="person_needs_right",
    ),
    path(
        "staff/people/<slug:key>/needs/choices/",
        views.person_need_choices,
        name="person_need_choices",
    ),
    path(
        "staff/people/<slug:key>/needs/<slug:group>/",
        views.person_need_group,
        name="person_need_group",
    ),
    path("staff/people/<slug:key>/contact/", views.person_contact, name="person_contact"),
    path(
        "staff/people/<slug:key>/contact/invitations/",
        views.person_invitations,
        name="person_invitations",
    ),
    path("staff/people/<slug:key>/contact/topics/", views.person_topics, name="person_topics"),
    path("staff/people/<slug:key>/contact/pause/", views.person_pause, name="person_pause"),
    path(
        "staff/people/<slug:key>/contact/start-again/",
        views.person_unpause,
        name="person_unpause",
    ),
    path("staff/people/<slug:key>/letter/", views.person_letter, name="person_letter"),
    path("staff/people/<slug:key>/not-the-same/", views.settle, name="settle"),
    path("staff/people/<slug:key>/everything/", views.person_everything, name="person_everything"),
    path(
        "staff/people/<slug:key>/everything/keep/<slug:form>/",
        views.person_keep_everything,
        name="person_keep_everything",
    ),
    path("staff/people/<slug:key>/erase/", views.erase, name="erase"),
    path("staff/involvement/", views.involvement, name="involvement"),
    path("staff/involvement/rows/", views.involvement_rows, name="involvement_rows"),
]

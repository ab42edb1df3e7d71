"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.messaging.views import outbox, phone, post

app_name = "messaging"
urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/messages/", outbox.outbox, name="outbox"),
    path("staff/messages/problems/", outbox.problems, name="problems"),
    path("staff/messages/phone/", phone.calls, name="phone"),
    path("staff/messages/phone/<slug:key>/", phone.call, name="call"),
    path("staff/messages/post/", post.post, name="post"),
    path("staff/messages/post/<slug:key>/", post.batch, name="batch"),
    path("staff/messages/post/<slug:key>/letters.pdf", post.batch_pdf, name="batch_pdf"),
    path("staff/messages/post/<slug:key>/print/", post.batch_page, name="batch_page"),
    path("staff/messages/post/<slug:key>/posted/", post.posted, name="posted"),
    path("staff/messages/post/<slug:key>/<slug:letter>/back/", post.put_back, name="put_back"),
    path("staff/messages/<slug:key>/", outbox.message, name="message"),
    path("staff/messages/<slug:key>/letter.pdf", outbox.letter, name="letter"),
]

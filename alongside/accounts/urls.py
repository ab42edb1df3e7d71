"""Addresses, in the order a person meets them.

We name the pages the sign-in library knows by its names, and include none of its addresses: what
is not in this list does not exist.
"""

from django.urls import URLPattern, URLResolver, include, path

from alongside.accounts.views import access, entrance, log, mine, second_step, staff_entrance

named_by_the_library: list[URLPattern | URLResolver] = [
    path("sign-in/", entrance.ask_for_code, name="account_request_login_code"),
    path("sign-in/code/", entrance.give_code, name="account_confirm_login_code"),
    path("sign-in/closed/", entrance.closed, name="account_inactive"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
    path("sign-in/staff/", staff_entrance.sign_in, name="account_login"),
    path("sign-in/staff/passkey/", staff_entrance.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/staff/second-step/", staff_entrance.second_step, name="mfa_authenticate"),
    path("sign-in/staff/again/", staff_entrance.password_again, name="account_reauthenticate"),
    path("sign-in/staff/password/", staff_entrance.ask_for_password, name="account_reset_password"),
    path("sign-in/staff/choose/", staff_entrance.choose_password, name="account_set_password"),
    path("sign-in/second-step/", second_step.index, name="mfa_index"),
    path("sign-in/second-step/app/", second_step.set_up_app, name="mfa_activate_totp"),
    path("sign-in/second-step/passkey/", second_step.set_up_passkey, name="mfa_add_webauthn"),
    path("sign-in/second-step/codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "sign-in/second-step/codes/new/",
        second_step.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

ours: list[URLPattern | URLResolver] = [
    path(
        "sign-in/staff/password/<slug:key>/<slug:token>/",
        staff_entrance.open_password_link,
        name="password_link",
    ),
    path("sign-in/second-step/<int:pk>/remove/", second_step.remove, name="remove_second_step"),
    path("me/sign-in/", mine.sessions, name="sessions"),
    path("me/sign-in/<int:pk>/end/", mine.end_session, name="end_session"),
    path("me/sign-in/end-others/", mine.end_other_sessions, name="end_other_sessions"),
    path("me/sign-in/email/", mine.change_email, name="change_email"),
    path("me/sign-in/email/code/", mine.confirm_email, name="confirm_email"),
    path("me/sign-in/password/", mine.change_password, name="change_password"),
    path("staff/access/", access.staff_list, name="access"),
    path("staff/access/add/", access.add_staff, name="add_staff"),
    path("staff/access/<slug:key>/", access.staff_member, name="staff_member"),
    path("staff/access/<slug:key>/role/", access.grant_role, name="grant_role"),
    path("staff/access/<slug:key>/role/<int:pk>/end/", access.end_role, name="end_role"),
    path("staff/access/<slug:key>/welcome/", access.send_welcome, name="send_welcome"),
    path("staff/access/<slug:key>/close/", access.confirm, {"what": "close"}, name="close_account"),
    path(
        "staff/access/<slug:key>/second-step/",
        access.confirm,
        {"what": "second-step"},
        name="reset_second_step",
    ),
    path("staff/access/<slug:key>/open/", access.open_account, name="open_account"),
    path("staff/audit/", log.search, name="audit"),
    path("staff/audit/csv/", log.export, name="audit_csv"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *named_by_the_library,
    path("", include((ours, "accounts"))),
]

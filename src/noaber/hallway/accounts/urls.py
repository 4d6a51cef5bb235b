"""Addresses of coming in. Of allauth only what is needed is mounted, under its own names; sign-up is not."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from noaber.hallway.access.guards import entering, public
from noaber.hallway.accounts import views, views_keys
from noaber.hallway.accounts.second_step import for_own_keys

own = [
    path("verder/", views.onward, name="onward"),
    path("tweede-stap/", views.choose_second_step, name="second_step"),
    path("weg/", views.leave, name="leave"),
    path("blijven/", views.stay, name="stay"),
    path("demo/", views.demo_people, name="demo"),
    path("demo/inloggen/", views.demo_sign_in, name="demo_sign_in"),
]

entrance = [
    path("inloggen/", public(account.login), name="account_login"),
    path("inloggen/code/", public(mfa.authenticate), name="mfa_authenticate"),
    path("inloggen/apparaat/", public(mfa.trust), name="mfa_trust"),
    path("inloggen/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("inloggen/gesloten/", public(account.account_inactive), name="account_inactive"),
    path("uitloggen/", views.sign_out, name="account_logout"),
    path("wachtwoord-vergeten/", public(account.password_reset), name="account_reset_password"),
    path(
        "wachtwoord-vergeten/verstuurd/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord-vergeten/klaar/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

keys = [
    path("tweede-stap/app/", for_own_keys(views_keys.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("tweede-stap/passkey/", for_own_keys(views_keys.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/", for_own_keys(views_keys.OwnKeys.as_view()), name="mfa_index"),
    path("account/app-weg/", for_own_keys(views_keys.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("account/passkeys/", for_own_keys(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/<int:pk>/naam/", for_own_keys(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "account/passkeys/<int:pk>/weg/",
        for_own_keys(views_keys.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("account/noodcodes/", for_own_keys(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/noodcodes/nieuw/",
        for_own_keys(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/noodcodes/bewaren/",
        for_own_keys(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/wachtwoord/",
        for_own_keys(views_keys.OtherPassword.as_view()),
        name="account_change_password",
    ),
    path("account/bevestig/", entering(account.reauthenticate), name="account_reauthenticate"),
    path("account/bevestig/code/", entering(views_keys.CodeAgain.as_view()), name="mfa_reauthenticate"),
    path(
        "account/bevestig/passkey/",
        entering(views_keys.PasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
]

urlpatterns = [path("", include((own, "accounts"))), *entrance, *keys]

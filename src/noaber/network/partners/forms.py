"""Forms about members: who comes in, with what password, and which training someone finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.forms import PASSWORD_HINT
from noaber.hallway.accounts.navigation import ROLE_WORDS
from noaber.network.partners.policies import GIVEN_BY_ADMIN

ROLES = [(str(role), ROLE_WORDS[role]) for role in Role if role in GIVEN_BY_ADMIN]
CERTIFICATES = [
    ("network_intake", gettext_lazy("Training netwerkintake")),
    ("exploratory_conversation_training", gettext_lazy("Training verkennend gesprek")),
    ("conversation_guide_training", gettext_lazy("Training gespreksbegeleider")),
    ("other", gettext_lazy("Andere scholing")),
]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InviteForm(forms.Form):
    """Whom to invite, for which role."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Mailadres van het werk"), max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=ROLES, widget=forms.RadioSelect)
    organisation = forms.TypedChoiceField(label=gettext_lazy("Organisatie"), coerce=UUID)

    def __init__(self, *args: Any, organisations: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(key), name) for key, name in organisations]
        if len(organisations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(organisations[0][0])


class AcceptForm(forms.Form):
    """The password of a new account."""

    password1 = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        help_text=PASSWORD_HINT,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
    )
    password2 = forms.CharField(
        label=gettext_lazy("Nog een keer"), max_length=200, strip=False, widget=forms.PasswordInput
    )

    def clean_password1(self) -> str:
        """Long enough, and not one that everyone uses."""
        password = str(self.cleaned_data["password1"])
        validate_password(password)
        return password

    def clean_password2(self) -> str:
        """Typed twice the same."""
        again = str(self.cleaned_data["password2"])
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != again:
            raise forms.ValidationError(_("De twee wachtwoorden zijn niet gelijk."))
        return again


class CertificateForm(forms.Form):
    """A training that was finished."""

    kind = forms.ChoiceField(label=gettext_lazy("Wat"), choices=CERTIFICATES)
    obtained_on = forms.DateField(label=gettext_lazy("Gehaald op"), widget=DAY)
    expires_on = forms.DateField(label=gettext_lazy("Geldig tot"), required=False, widget=DAY)

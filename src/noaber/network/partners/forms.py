"""Forms about members: who comes in, with what password, and which training someone finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.access.types import Role
from noaber.hallway.access.words import ROLE_WORDS
from noaber.hallway.accounts.passwords import PASSWORD_HINT
from noaber.hallway.ui.days import DayInput
from noaber.network.partners.policies import GIVEN_BY_ADMIN

ROLES = [(str(role), ROLE_WORDS[role]) for role in Role if role in GIVEN_BY_ADMIN]
CERTIFICATES = [
    ("network_intake", gettext_lazy("Training netwerkintake")),
    ("exploratory_conversation_training", gettext_lazy("Training verkennend gesprek")),
    ("conversation_guide_training", gettext_lazy("Training gespreksbegeleider")),
    ("other", gettext_lazy("Andere scholing")),
]
NO_DAY = gettext_lazy("Deze datum bestaat niet.")
DAY = DayInput()


class InviteForm(forms.Form):
    """Whom to invite, for which role."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=120,
        error_messages={"required": gettext_lazy("Vul de naam van uw collega in.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Mailadres van het werk"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Vul het mailadres van uw collega in."),
            "invalid": gettext_lazy("Dit mailadres klopt niet. Kijk of er een @ en een punt in staat."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rol"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies een rol."),
            "invalid_choice": gettext_lazy("Kies een rol uit de lijst."),
        },
    )

    def __init__(self, *args: Any, organisations: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = len(organisations) == 1
        self.fields["organisation"] = forms.TypedChoiceField(
            label=_("Organisatie"),
            coerce=UUID,
            choices=[(str(key), name) for key, name in organisations],
            initial=str(organisations[0][0]) if alone else None,
            widget=forms.HiddenInput if alone else forms.Select,
        )


class AcceptForm(forms.Form):
    """The password of a new account."""

    password1 = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        help_text=PASSWORD_HINT,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Kies een wachtwoord.")},
    )
    password2 = forms.CharField(
        label=gettext_lazy("Nog een keer"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Vul het wachtwoord nog een keer in.")},
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
    obtained_on = forms.DateField(
        label=gettext_lazy("Gehaald op"),
        widget=DAY,
        error_messages={"required": gettext_lazy("Vul in wanneer het gehaald is."), "invalid": NO_DAY},
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Geldig tot"), required=False, widget=DAY, error_messages={"invalid": NO_DAY}
    )

"""What a visitor asks of the list of support points."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.offer.support_points import showing

NOW, TODAY = "nu", "vandaag"


class FindForm(forms.Form):
    """Which points, near what, open when. Nothing of it is kept."""

    waar = forms.CharField(label=_("Plaats of postcode"), required=False, max_length=60)
    open = forms.ChoiceField(
        label=_("Wanneer open?"),
        required=False,
        choices=[("", _("Maakt niet uit")), (NOW, _("Nu open")), (TODAY, _("Vandaag open"))],
    )
    soort = forms.ChoiceField(label=_("Wat zoekt u?"), required=False, choices=[("", _("Alle soorten"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["soort"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Alle soorten")), *showing.kinds()]

    def asked(self) -> dict[str, str]:
        """What was chosen; what cannot be right is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "").strip() for name in self.fields}

"""What a visitor may ask of the list."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.offer.directory.rules import LONGEST_SEARCH
from noaber.offer.directory.types import Place, Search


class SearchForm(forms.Form):
    """A word, a place, and whether it must be possible this week. Anything else is quietly left out."""

    zoek = forms.CharField(label=_("Waar zoekt u naar?"), required=False)
    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    wanneer = forms.ChoiceField(
        label=_("Wanneer"), required=False, choices=[("", _("Maakt niet uit")), ("week", _("Deze week"))]
    )

    def __init__(self, *args: object, places: Sequence[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", _("De hele regio")), *((p.slug, p.name) for p in places)]

    def search(self) -> Search:
        """The search as far as it can be understood; a strange choice counts as none."""
        self.is_valid()
        given = self.cleaned_data
        return Search(
            text=str(given.get("zoek", ""))[:LONGEST_SEARCH].replace("\x00", ""),
            municipality=str(given.get("gemeente", "")),
            this_week=given.get("wanneer") == "week",
        )

"""'Klopt dit nog?' by link: three answers, no account. Opening changes nothing, the button is the click."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts import throttle
from noaber.offer.directory.upkeep import asking_owner
from noaber.offer.directory.upkeep.views_keeping import see_other

PER_ADDRESS = 60
WINDOW = timedelta(minutes=15)
RIGHT, CHANGED, GONE = "right", "changed", "gone"


class ChangedForm(forms.Form):
    """What became different; all of it goes to an editor, who looks before anything changes."""

    when = forms.CharField(label=_("Nieuwe dagen of tijden"), required=False, max_length=200)
    phone = forms.CharField(label=_("Nieuw telefoonnummer"), required=False, max_length=30)
    website = forms.CharField(label=_("Nieuwe website"), required=False, max_length=200)
    other = forms.CharField(
        label=_("Wat is er nog meer anders?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Schrijf geen namen van mensen op."),
    )

    def clean(self) -> dict[str, str]:
        """Something must be said."""
        given: dict[str, str] = super().clean() or {}
        if not self.errors and not any(given.get(name, "").strip() for name in self.fields):
            raise forms.ValidationError(_("Schrijf op wat er anders is. Eén ding is genoeg."))
        return given

    def words(self) -> str:
        """Everything that was said, a line for each."""
        named = [(str(field.label), self.cleaned_data[name].strip()) for name, field in self.fields.items()]
        return "\n".join(f"{label}: {text}" for label, text in named if text)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: AskedBy, token: str) -> HttpResponse:
    """The entry and three answers, for whoever holds the link."""
    now = clock.now()
    address = request.META.get("REMOTE_ADDR", "")
    if not throttle.allows("klopt", address, limit=PER_ADDRESS, window=WINDOW, now=now):
        return _gone(request, "busy", status=429)
    said = request.POST.get("antwoord", "") if request.method == "POST" else ""
    form = ChangedForm(request.POST if said == CHANGED else None)
    try:
        asked = asking_owner.behind(token, now=now)
        if said in (RIGHT, GONE) or (said == CHANGED and form.is_valid()):
            words = form.words() if said == CHANGED else ""
            asking_owner.answer(token=token, said=said, words=words, now=now)
            return see_other(f"{reverse('directory:check_thanks')}?antwoord={said}")
    except asking_owner.Gone as gone:
        return _gone(request, gone.why, status=404)
    context = {"nav_current": "", "asked": asked, "form": form, "open": said == CHANGED}
    return render(request, "directory/kept/check.html", context, status=422 if form.errors else 200)


def _gone(request: AskedBy, why: str, *, status: int) -> HttpResponse:
    return render(request, "directory/kept/check_gone.html", {"nav_current": "", "why": why}, status=status)


@public
@require_safe
def thanks(request: AskedBy) -> HttpResponse:
    """The answer is kept, and what happens now."""
    context = {"nav_current": "", "said": request.GET.get("antwoord", "")}
    return render(request, "directory/kept/check_thanks.html", context)

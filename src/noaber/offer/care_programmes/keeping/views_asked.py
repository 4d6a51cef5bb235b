"""The link in the mail: two minutes, no account. Opening changes nothing; a press of the button does."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts import throttle
from noaber.offer.care_programmes.keeping import asking, updating
from noaber.offer.care_programmes.keeping.forms import RowForm, forms_for
from noaber.offer.care_programmes.keeping.views import see_other, shown
from noaber.offer.care_programmes.services import Teller

PER_ADDRESS = 60
WINDOW = timedelta(minutes=15)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: AskedBy, token: str) -> HttpResponse:
    """The last figures of this provider, for whoever holds the link."""
    now, today = clock.now(), clock.today()
    address = request.META.get("REMOTE_ADDR", "")
    if not throttle.allows("wachttijd", address, limit=PER_ADDRESS, window=WINDOW, now=now):
        return _gone(request, "busy", status=429)
    try:
        asked = asking.behind(token, now=now)
        last = updating.last_own([row.programme_id for row in asked.rows])
        posted = request.method == "POST" and asked.answered_at is None
        forms = forms_for(request.POST if posted else None, asked.rows, last, today)
        if request.method == "POST" and asked.answered_at is not None:  # it shows what was kept, not this
            return see_other(reverse("care_programmes:update", args=[token]))
        if posted and _kept(request, token, asked, forms):
            return see_other(reverse("care_programmes:update_thanks"))
    except asking.Gone as gone:
        return _gone(request, gone.why, status=404)
    wrong = any(form.errors for form in forms)
    context = {
        "nav_current": "",
        "asked": asked,
        "forms": shown(forms),
        "row_forms": forms,
        "wrong": wrong,
        "all_known": all(row.programme_id in last for row in asked.rows),
        "said_before": bool(last),
        "today": today,
    }
    return render(request, "care_programmes/keeping/update.html", context, status=422 if wrong else 200)


def _kept(request: AskedBy, token: str, asked: asking.Asked, forms: list[RowForm]) -> bool:
    """Keep all of it with the link used up; False leaves what was typed on the page."""
    now, today = clock.now(), clock.today()
    same = request.POST.get("alles") == "klopt"
    if not same and not all(form.is_valid() for form in forms):
        return False
    if not same and not any(form.says_figure() or form.cleaned_data["stopped"] for form in forms):
        forms[0].add_error("intake_weeks", _("Vul minstens één wachttijd in."))
        return False
    answers = updating.unchanged(asked.rows, today=today) if same else [form.answer() for form in forms]
    if same and not answers:
        forms[0].add_error("intake_weeks", _("Er is nog geen eerder cijfer. Vul het hier in."))
        return False
    try:
        with transaction.atomic():
            if asking.use(token, now=now):
                updating.keep(answers, by=Teller(asked.organisation, "mail"), now=now, today=today)
    except updating.RowWrong as wrong:
        next(form for form in forms if form.row.programme_id == wrong.programme_id).refuse(wrong.wrong)
        return False
    return True


def _gone(request: AskedBy, why: str, *, status: int) -> HttpResponse:
    context = {"nav_current": "", "why": why}
    return render(request, "care_programmes/keeping/update_gone.html", context, status=status)


@public
@require_safe
def update_thanks(request: AskedBy) -> HttpResponse:
    """It is kept, and what happens now."""
    return render(request, "care_programmes/keeping/update_thanks.html", {"nav_current": ""})

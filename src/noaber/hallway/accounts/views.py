"""Coming in, going on, going out."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, demo_only, entering, public, signed_in
from noaber.hallway.accounts import frame, navigation, queries, second_step, services, staying
from noaber.hallway.drafts import keeping as typed_work
from noaber.hallway.drafts import services as drafts
from noaber.hallway.ui.types import Frame

FORGET = '"cache", "storage"'
"""What the browser is asked to forget when somebody leaves."""


@signed_in
@require_GET
def onward(request: AskedBy) -> HttpResponse:
    """The first page of whoever came in."""
    where = navigation.first_page(request.actor, region_slug=frame.region_for(request.actor).slug)
    return redirect(where) if where else render(request, "accounts/no_role.html")


@entering
@require_GET
def choose_second_step(request: AskedBy) -> HttpResponse:
    """Set up a second step before anything else; who has one already goes on."""
    if request.actor.second_factor:
        return redirect(_next_of(request) or "/verder/")
    if second_step.is_set_up(request.user):
        return second_step.ask_again(request, _next_of(request) or "/verder/")
    return render(request, "accounts/second_step.html")


def _next_of(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: AskedBy) -> HttpResponse:
    """Sign out, and ask the browser to keep nothing of what was shown."""
    if request.method != "POST":
        return render(request, "accounts/sign_out.html")
    if request.actor.account_id is not None and not request.actor.assisted_by:
        drafts.forget(request.actor.account_id)
    logout(request)
    answer = HttpResponseRedirect("/")
    answer.headers["Clear-Site-Data"] = FORGET
    typed_work.take_away(answer)
    return answer


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedBy) -> HttpResponse:
    """Away in one click: the session ends, and a page about the weather stands where this one stood.

    A script sends along what was typed (POST) and goes away by itself; without a script the link comes here.
    A link or form on another site ends nobody's session.
    """
    where = frame.region_for(request.actor).leave_url or Frame().leave_url
    kept = False
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        kept = typed_work.keep_in_a_hurry(request)
        logout(request)
    answer = HttpResponse(status=204) if request.method == "POST" else HttpResponseRedirect(where)
    answer.headers["Clear-Site-Data"] = FORGET
    if request.method == "POST":
        typed_work.take_away_in_a_hurry(answer, something_waits=kept)
    else:
        typed_work.take_away(answer)
    return answer


@signed_in
@require_POST
def stay(request: AskedBy) -> HttpResponse:
    """She is still there: her time begins anew."""
    staying.begin(request)
    return HttpResponse(status=204) if request.headers.get("X-Stay") else redirect("/verder/")


@demo_only
@require_GET
def demo_people(request: AskedBy) -> HttpResponse:
    """Everyone of the invented cast, to sign in as with one button."""
    return render(request, "accounts/demo.html", {"people": queries.demo_people(on=clock.today())})


@demo_only
@require_POST
def demo_sign_in(request: AskedBy) -> HttpResponse:
    """Sign in as one of them. The second step is off here, and the page says so."""
    try:
        account_id = UUID(request.POST.get("wie", ""))
    except ValueError:
        raise gate.not_here() from None
    logout(request)
    if not services.sign_in_demo_person(request, account_id):
        raise gate.not_here()
    return redirect("/verder/")

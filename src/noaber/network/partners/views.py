"""Pages about members: the list, an invitation, the end of a role, a certificate."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Invalid, Missing
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public, staff
from noaber.hallway.access.middleware import SignInFirst
from noaber.hallway.access.types import Kind, Role
from noaber.hallway.access.words import ROLE_WORDS
from noaber.hallway.accounts.services import sign_in
from noaber.network.partners import queries_members as queries
from noaber.network.partners import services
from noaber.network.partners.forms import CERTIFICATES, AcceptForm, CertificateForm, InviteForm
from noaber.network.partners.types import Colleague, InvitationOnScreen, PeopleOfOrganisation

NAV = {"nav_current": "mensen"}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: AskedBy) -> HttpResponse:
    """Who works here, with which role, and a form to invite someone."""
    shown = queries.people_of(request.actor, now=clock.now(), today=clock.today())
    form = InviteForm(request.POST or None, organisations=shown.organisations)
    if request.method == "POST" and form.is_valid():
        services.invite_member(
            actor=request.actor,
            organisation_id=form.cleaned_data["organisation"],
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            role=form.cleaned_data["role"],
            now=clock.now(),
        )
        messages.success(request, _("De uitnodiging gaat per mail. De link werkt zeven dagen."))
        return redirect("partners:people")
    return render(request, "partners/people.html", {**NAV, "form": form, **_for_page(shown)})


def _for_page(shown: PeopleOfOrganisation) -> dict[str, object]:
    today = clock.today()
    return {
        "shown": shown,
        "members": [(m, _role(m.role), m.runs(today)) for m in shown.members],
        "former": [(m, _role(m.role)) for m in shown.former],
        "invitations": [(i, _role(i.role)) for i in shown.invitations],
        "colleagues": [(c, _certificates(c)) for c in shown.colleagues],
        "several": len(shown.organisations) > 1,
    }


def _role(role: str) -> str:
    return str(ROLE_WORDS[Role(role)])


def _certificates(person: Colleague) -> list[tuple[str, object, bool]]:
    words = dict(CERTIFICATES)
    today = clock.today()
    return [(str(words.get(c.kind, c.kind)), c.expires_on, c.counts(today)) for c in person.certificates]


@staff
@require_POST
def withdraw(request: AskedBy, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    services.withdraw_invitation(actor=request.actor, invitation_id=invitation_id, now=clock.now())
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("partners:people")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: AskedBy, membership_id: UUID) -> HttpResponse:
    """Ask once more, then end a role."""
    member = queries.member_to_end(request.actor, membership_id)
    if request.method == "POST":
        name = services.end_membership(actor=request.actor, membership_id=membership_id, now=clock.now())
        messages.success(request, _("De rol van %(name)s is gestopt, vanaf nu.") % {"name": name})
        return redirect("partners:people")
    context = {**NAV, "member": member, "role": _role(member.role)}
    return render(request, "partners/end_role.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: AskedBy, professional_id: UUID) -> HttpResponse:
    """Note a training that a colleague finished."""
    person = queries.colleague(request.actor, professional_id)
    form = CertificateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_certificate(
                actor=request.actor, professional_id=professional_id, today=clock.today(), **form.cleaned_data
            )
        except Invalid as refusal:
            for name, words in refusal.fields.items():
                form.add_error(name, words)
        else:
            messages.success(request, _("Het certificaat staat erbij."))
            return redirect("partners:people")
    return render(request, "partners/certificate.html", {**NAV, "form": form, "person": person})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: AskedBy, token: str) -> HttpResponse:
    """Accept an invitation: choose a password, or add the role to the account one has."""
    try:
        card = queries.invitation_behind(token, now=clock.now())
    except Missing as closed:
        return render(request, "partners/invitation_closed.html", {"failure": closed}, status=404)
    if card.has_account:
        return _with_own_account(request, token, card)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account_id = services.accept_invitation(
            token=token, password=form.cleaned_data["password1"], now=clock.now()
        )
        sign_in(request, account_id, both_steps=False, password_typed=True)
        return redirect("accounts:second_step")
    context = {"form": form, "card": card, "role": _role(card.role)}
    return render(request, "partners/invitation.html", context)


def _with_own_account(request: AskedBy, token: str, card: InvitationOnScreen) -> HttpResponse:
    """For someone who already works with Noaber: first sign in, then one click."""
    if request.actor.kind is Kind.ANONYMOUS:
        raise SignInFirst()
    if request.actor.kind is Kind.STAFF and not request.actor.second_factor:
        raise SignInFirst("/tweede-stap/")
    if request.method == "POST":
        services.accept_as_myself(actor=request.actor, token=token, now=clock.now())
        messages.success(request, _("U hebt er een rol bij."))
        return redirect("accounts:onward")
    context = {"card": card, "role": _role(card.role)}
    return render(request, "partners/invitation_own_account.html", context)

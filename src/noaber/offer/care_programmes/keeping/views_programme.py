"""Adding and editing a programme of one's own organisation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from noaber.ground.errors import NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.network.partners import queries as partners
from noaber.offer.care_programmes.keeping.describing import keep_programme
from noaber.offer.care_programmes.keeping.forms_programme import ProgrammeForm, initial_of
from noaber.offer.care_programmes.keeping.views import NAV, own_ids, see_other
from noaber.offer.care_programmes.models import CareProgramme


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedBy) -> HttpResponse:
    """A new programme."""
    ids = own_ids(request.actor)
    (grant, *_more) = [one for one in request.actor.grants if one.organisation_id == ids[0]]
    return _form(request, ids[0], grant.region_id, None)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AskedBy, programme_id: UUID) -> HttpResponse:
    """What stands of a programme, to bring up to date."""
    rows = CareProgramme.objects.select_related("municipality")
    row = gate.get(request.actor, "keep", rows, resource="care_programme", pk=programme_id)
    gate.require_act(request.actor, "waits.keep")
    return _form(request, row.organisation_id, row.region_id, row)


def _form(
    request: AskedBy, organisation_id: UUID, region_id: UUID, row: CareProgramme | None
) -> HttpResponse:
    places = [(place.slug, place.name) for place in partners.municipalities_of(region_id)]
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        places=places,
        initial=initial_of(row) if row else {"mode": "live", "care_type": "specialist_ggz"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_programme(
                organisation_id=organisation_id,
                programme_id=row.pk if row else None,
                said=form.described(),
                now=clock.now(),
            )
        except NoaberError as wrong:
            for name, said in wrong.fields.items():
                form.add_error(name, said)
        else:
            messages.success(request, _("Bewaard. Vul ook de wachttijd in, dan staat het in de lijst."))
            return see_other(reverse("care_programmes:own"))
    context = {**NAV, "form": form, "programme": row}
    status = 422 if form.errors else 200
    return render(request, "care_programmes/keeping/programme.html", context, status=status)

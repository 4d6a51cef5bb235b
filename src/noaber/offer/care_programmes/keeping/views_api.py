"""From system to system: figures, start lists and agendas as JSON, with a key of the provider.

The same message twice is once, by its content or by the sender's own `Idempotency-Key`. All or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from noaber.ground.errors import NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts import throttle
from noaber.offer.care_programmes import services, services_lists
from noaber.offer.care_programmes.keeping import keys, messages_in, openapi, updating
from noaber.offer.care_programmes.models import CareProgramme, ProviderKey, WaitReport
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.services_lists import Delivered

MOST_BYTES = 2_000_000
PER_KEY = 240
WRONG_KEYS = 30
WINDOW = timedelta(minutes=15)
Answered = Callable[..., HttpResponse]


def _problem(status: int, code: str, title: str, detail: str, errors: Any = ()) -> HttpResponse:
    body = {"type": f"urn:noaber:wachttijden:{code}", "title": title, "detail": detail, "status": status}
    if errors:
        body["errors"] = list(errors)
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/problem+json"
    return answer


def with_key(*methods: str) -> Callable[[Answered], Answered]:
    """Only with a key that opens something; every refusal is a problem in JSON."""

    def wrap(view: Answered) -> Answered:
        @csrf_exempt  # no cookie opens this: only the key in the header does
        @public
        @require_http_methods(list(methods))
        @wraps(view)
        def answered(request: AskedBy, *args: Any, **kwargs: Any) -> HttpResponse:
            now = clock.now()
            address = request.META.get("REMOTE_ADDR", "")
            if not throttle.is_calm("wait_key_wrong", address, limit=WRONG_KEYS, now=now):
                return _problem(429, "te-druk", "Te druk", "Wacht een kwartier en probeer het opnieuw.")
            key = keys.owner_of(request.headers.get("Authorization", ""), now=now)
            if key is None:
                throttle.allows("wait_key_wrong", address, limit=WRONG_KEYS, window=WINDOW, now=now)
                detail = "Stuur een geldige sleutel mee: Authorization: Bearer …"
                answer = _problem(401, "geen-sleutel", "Geen geldige sleutel", detail)
                answer["WWW-Authenticate"] = "Bearer"
                return answer
            if not throttle.allows("wait_key", str(key.pk), limit=PER_KEY, window=WINDOW, now=now):
                return _problem(429, "te-druk", "Te druk", "Wacht een kwartier en probeer het opnieuw.")
            try:
                return view(request, key, *args, **kwargs)
            except messages_in.Unreadable as wrong:
                return _problem(wrong.status, wrong.code, wrong.title, str(wrong), wrong.errors)

        return answered

    return wrap


@with_key("GET", "HEAD")
def own_list(request: AskedBy, key: ProviderKey) -> HttpResponse:
    """The programmes this key may speak for, by the provider's own name for each."""
    rows = [
        {"programma": row.reference, "naam": row.name, "plaats": row.city, "zorgtype": row.care_type}
        for row in updating.own_programmes([key.organisation_id], today=clock.today())
    ]
    return JsonResponse({"programmas": rows}, json_dumps_params={"ensure_ascii": False})


@with_key("POST")
def waits(request: AskedBy, key: ProviderKey) -> HttpResponse:
    """Figures."""

    def take(body: dict[str, Any], own: dict[str, CareProgramme], today: date) -> Delivered:
        reports, stops = messages_in.reports(body, own, today=today)
        teller = Teller(key.organisation.name, WaitReport.How.API)
        done = services_lists.take_reports(reports, by=teller, now=clock.now())
        services.tell_stops(stops, now=clock.now())
        return replace(done, rows=len(body["wachttijden"]))

    return _taken(request, key, "reports", take)


@with_key("POST")
def starts(request: AskedBy, key: ProviderKey) -> HttpResponse:
    """A start list."""

    def take(body: dict[str, Any], own: dict[str, CareProgramme], today: date) -> Delivered:
        found = messages_in.starts(body, own, today=today)
        return services_lists.take_starts(
            found, organisation_id=key.organisation_id, source="api", now=clock.now()
        )

    return _taken(request, key, "starts", take)


@with_key("POST")
def agenda(request: AskedBy, key: ProviderKey) -> HttpResponse:
    """The free days of an agenda; the third free place becomes the figure of that day."""

    def take(body: dict[str, Any], own: dict[str, CareProgramme], today: date) -> Delivered:
        on, programmes, openings = messages_in.agenda(body, own, today=today)
        return services_lists.take_agenda(
            openings, programme_ids=programmes, on=on, by=key.organisation.name, now=clock.now()
        )

    return _taken(request, key, "agenda", take)


def _taken(
    request: AskedBy,
    key: ProviderKey,
    kind: str,
    take: Callable[[dict[str, Any], dict[str, CareProgramme], date], Delivered],
) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _problem(413, "te-groot", "Te groot", "Een bericht is hoogstens 2 MB. Maak er kleinere van.")
    body = messages_in.body_of(request.body)
    held = updating.own_programmes([key.organisation_id], today=clock.today())
    own = {row.reference: row for row in held}
    content = services.fingerprint(json.dumps(body, sort_keys=True))
    try:
        done = services_lists.once(
            organisation_id=key.organisation_id,
            kind=kind,
            how="api",
            content=content,
            own_key=request.headers.get("Idempotency-Key", "")[:200],
            take=lambda: take(body, own, clock.today()),
            now=clock.now(),
        )
    except NoaberError as wrong:
        status = 409 if str(wrong.kind) == "conflict" else 422
        errors = [{"veld": name, "wat": said} for name, said in wrong.fields.items()]
        return _problem(status, wrong.code, wrong.happened, wrong.sentence(), errors)
    answer = {
        "regels": done.rows,
        "nieuw": done.news,
        "nagevraagd": done.questioned,
        "zonder_cijfer": done.without_figure,
        "eerder_ontvangen": done.before.isoformat() if done.before else None,
    }
    return JsonResponse(answer, status=200 if done.before else 201)


@public
@require_http_methods(["GET", "HEAD"])
def described(request: AskedBy) -> HttpResponse:
    """What these addresses take and answer, OpenAPI 3.1."""
    answer = JsonResponse(openapi.document(request.build_absolute_uri("/api/wachttijden/v1")))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer

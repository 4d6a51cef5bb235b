"""Deliveries of a provider: a file with a report by line, and the same for what a system sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from noaber.ground.errors import NoaberError
from noaber.ground.safe_csv import safe_csv
from noaber.hallway.clock import day_of
from noaber.offer.care_programmes import services, services_lists
from noaber.offer.care_programmes.keeping import reading, updating
from noaber.offer.care_programmes.keeping.reading import Problem, Read
from noaber.offer.care_programmes.models import CareProgramme, Start
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.services_lists import Delivered


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: in words when it came in, by line when nothing of it was kept."""

    problems: tuple[Problem, ...] = ()
    words: str = ""


def take_file(
    organisation_ids: Sequence[UUID], *, kind: str, content: bytes, now: datetime, today: date
) -> Outcome:
    """A whole file or nothing. The same file a second time changes nothing and says when it came."""
    own = updating.own_programmes(organisation_ids, today=today)
    read = (reading.read_starts if kind == "starts" else reading.read_waits)(content, own, today=today)
    if read.problems:
        return Outcome(problems=tuple(read.problems))
    owner = next((row for row in own), None)
    if owner is None:
        return Outcome(problems=(Problem(0, "", _("U hebt nog geen programma's.")),))
    try:
        done = services_lists.once(
            organisation_id=owner.organisation_id,
            kind=kind,
            how="file",
            content=services.fingerprint(content),
            take=lambda: _take(kind, read, own, "file", now),
            now=now,
        )
    except NoaberError as wrong:
        return Outcome(problems=(Problem(0, "", wrong.sentence()),))
    return Outcome(words=_words(done))


def _words(done: Delivered) -> str:
    if done.before is not None:
        day = day_of(done.before).strftime("%d-%m-%Y")
        return _("Dit bestand kwam al binnen op %(day)s. Er is niets dubbel.") % {"day": day}
    said = _("%(rows)s regels gelezen, waarvan %(news)s nieuw.") % {"rows": done.rows, "news": done.news}
    if done.questioned:
        said += " " + _("Bij %(n)s vragen wij na of het klopt: zo lang wacht bijna niemand.") % {
            "n": done.questioned
        }
    return said


@transaction.atomic
def _take(kind: str, read: Read, own: Sequence[CareProgramme], how: str, now: datetime) -> Delivered:
    provider = {row.pk: row.organisation for row in own}
    if kind == "starts":
        source = Start.Source.API if how == "api" else Start.Source.FILE
        parts = [
            services_lists.take_starts(
                [one for one in read.starts if provider[one.programme_id].pk == pk],
                organisation_id=pk,
                source=source,
                now=now,
            )
            for pk in sorted({one.pk for one in provider.values()}, key=str)
        ]
    else:
        parts = [
            services_lists.take_reports(
                [one for one in read.reports if provider[one.programme_id].name == name],
                by=Teller(name, how),
                now=now,
            )
            for name in sorted({one.name for one in provider.values()})
        ]
        told = [(stop.programme.pk, stop.stopped, stop.since) for stop in read.stops]
        services.tell_stops(told, now=now)
    return Delivered(read.rows, sum(part.news for part in parts), sum(part.questioned for part in parts))


def example(organisation_ids: Sequence[UUID], *, today: date) -> str:
    """The own programmes in the columns of the file, with the last figures, to fill in and send back."""
    own = updating.own_programmes(organisation_ids, today=today)
    last = updating.last_own([row.pk for row in own])
    stopped = updating.stopped_now([row.pk for row in own], today)
    types = {"basis_ggz": "basis-ggz", "specialist_ggz": "gespecialiseerde ggz"}
    methods = {code: word for word, code in reading.METHODS.items()}
    rows = []
    for row in own:
        provider = getattr(row.organisation, "as_provider", None)
        held = last.get(row.pk)
        told = {
            "programma": row.reference,
            "agb": getattr(provider, "agb", ""),
            "kvk": getattr(provider, "kvk", ""),
            "vestiging": row.place_name or row.city,
            "postcode": row.postal_code,
            "zorgtype": types.get(row.care_type, "sociaal domein"),
            "setting": row.setting,
            "hoofddiagnosegroep": row.diagnosis_group,
            "aanmeldwachttijd_weken": _comma(held.intake_weeks if held else None),
            "behandelwachttijd_weken": _comma(held.treatment_weeks if held else None),
            "methode": methods.get(held.method if held else "third_opportunity", ""),
            "instroom_2mnd": "" if held is None or held.inflow is None else held.inflow,
            "wachtenden": "" if held is None or held.waiting is None else held.waiting,
            "peildatum": today.isoformat(),
            "aannamestop": "ja" if row.pk in stopped else "nee",
            "leeftijdsgroep": _ages(row),
            "online": "ja" if row.mode == CareProgramme.Mode.ONLINE else "nee",
        }
        rows.append([told[name] for name in reading.WAIT_COLUMNS])
    return safe_csv(reading.WAIT_COLUMNS, rows)


def _comma(weeks: object) -> str:
    return "" if weeks is None else f"{float(str(weeks)):g}".replace(".", ",")


def _ages(row: CareProgramme) -> str:
    if row.min_age is None and row.max_age is None:
        return "alle"
    return f"{row.min_age or 0}+" if row.max_age is None else f"{row.min_age or 0}-{row.max_age}"

"""From rows of the database to what a page may hold: one programme with its words, its claim, its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from noaber.ground.globe import km_between
from noaber.knowledge import care
from noaber.knowledge.waits import Limits, limits_on, methods, norms_on
from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, WaitReport
from noaber.offer.care_programmes.rules_figures import Steps
from noaber.offer.care_programmes.types import (
    Claim,
    NormWeeks,
    Percentiles,
    ProgrammeRow,
    Realised,
    State,
    StopCard,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """What was read for one programme: living reports, intake stops, and the days of its starts."""

    reports: Sequence[WaitReport]
    stops: Sequence[IntakeStop]
    people: Sequence[Steps]


def word(table: Mapping[str, care.CareWord], code: str) -> str:
    """The word of a code in the language of the reader; the code itself when the table does not know it."""
    return _(table[code].label) if code in table else code


def weeks(value: Decimal | None) -> float | None:
    """A kept number of weeks."""
    return None if value is None else float(value)


def claim(row: WaitReport, today: date) -> Claim:
    """One report as a page shows it."""
    intake, treatment = weeks(row.intake_weeks), weeks(row.treatment_weeks)
    method = methods().get(row.method)
    return Claim(
        report_id=row.pk,
        intake_weeks=intake,
        treatment_weeks=treatment,
        total_weeks=figures.total(intake, treatment),
        method=row.method,
        method_words=_(method.label) if method else row.method,
        reference_date=row.reference_date,
        age_days=(today - row.reference_date).days,
        inflow=row.inflow,
        source=row.source,
        source_words=row.source_words,
        how_words=how_words(row.how),
        questioned=row.questioned,
        unchanged=row.unchanged,
        reported_at=row.reported_at,
        superseded_at=row.superseded_at,
    )


def norms_of(care_type: str, today: date) -> NormWeeks | None:
    """The norms for this type of care; none for what the Treeknormen do not name."""
    held = norms_on(today)
    if care_type not in held.care_types:
        return None
    return NormWeeks(held.intake_weeks, held.treatment_weeks, held.total_weeks)


def stop_on(stops: Iterable[IntakeStop], today: date) -> StopCard | None:
    """The intake stop that holds on a day."""
    for row in stops:
        if row.since <= today and (row.until is None or row.until > today):
            return StopCard(row.since, row.until, row.reason)
    return None


def newest(reports: Sequence[WaitReport]) -> tuple[WaitReport | None, list[WaitReport], WaitReport | None]:
    """The report that counts, those of other sources of the same date, and a newer one beyond belief."""
    sound = [row for row in reports if not row.questioned]
    doubted = [row for row in reports if row.questioned]
    doubt = max(doubted, key=lambda row: (row.reference_date, row.reported_at), default=None)
    if not sound:
        return None, [], doubt
    last = max(row.reference_date for row in sound)
    same = sorted(
        (row for row in sound if row.reference_date == last), key=lambda row: (bool(row.source), row.source)
    )
    if doubt is not None and doubt.reference_date < last:
        doubt = None
    return same[0], same[1:], doubt


def why_words(why: str) -> str:
    """Why there is no figure, in the language of the reader."""
    return {
        figures.TOO_FEW: _("te weinig starts"),
        figures.NO_LIST: _("geen startlijst"),
        figures.NOT_YET: _("nog niet te zeggen"),
    }.get(why, "")


def how_words(how: str) -> str:
    """By which way a figure came, in the language of the reader."""
    return {
        "mail": _("via de link in de mail"),
        "form": _("op de pagina"),
        "file": _("uit een bestand"),
        "api": _("van systeem tot systeem"),
        "agenda": _("uit de agenda"),
        "source": _("uit een andere bron"),
        "network": _("gezien in het netwerk"),
    }.get(how, "")


def computed(people: Sequence[Steps], today: date, limits: Limits) -> tuple[Percentiles, ...]:
    """Percentiles in all, to the intake and to the treatment, of the window that ends today."""
    first, last = figures.window(today, limits.starts_months)
    found = (
        figures.percentiles(
            measure(people, first, last), smallest_n=limits.smallest_n, from_on=first, until_on=last
        )
        for measure in (figures.waits_in_all, figures.waits_to_intake, figures.waits_to_treatment)
    )
    return tuple(replace(one, why_not=why_words(one.why_not)) for one in found)


def realised(people: Sequence[Steps], today: date, limits: Limits) -> tuple[Realised, Realised]:
    """The two-month means to the intake and to the treatment, as providers measure them, from the starts."""
    to_intake = [(one.registered_on, one.intake_on) for one in people if one.intake_on]
    to_treatment = [(one.intake_on, one.treatment_on) for one in people if one.intake_on and one.treatment_on]
    found = []
    for waits in (to_intake, to_treatment):
        weeks, n = figures.realised_mean(waits, today, limits.realised_months)
        found.append(Realised(weeks if n >= limits.smallest_n else None, n))
    return found[0], found[1]


def distance_km(row: CareProgramme, latitude: float | None, longitude: float | None) -> float | None:
    """As the crow flies; unknown without both points."""
    if latitude is None or longitude is None or row.latitude is None or row.longitude is None:
        return None
    return km_between(row.latitude, row.longitude, latitude, longitude)


def ages_words(row: CareProgramme) -> str:
    """For which ages, in words."""
    if row.min_age is None and row.max_age is None:
        return _("alle leeftijden")
    if row.max_age is None:
        return _("vanaf %(age)s jaar") % {"age": row.min_age}
    if row.min_age is None:
        return _("tot en met %(age)s jaar") % {"age": row.max_age}
    return _("%(from)s tot en met %(until)s jaar") % {"from": row.min_age, "until": row.max_age}


def insurers_words(row: CareProgramme) -> str:
    """With whom there is a contract, in words."""
    table = care.insurers()
    named = ", ".join(table[code].label if code in table else code for code in row.insurers)
    return named or _("contracten niet opgegeven")


def row_of(
    programme: CareProgramme,
    behind: Behind,
    today: date,
    *,
    near: tuple[float | None, float | None] = (None, None),
) -> ProgrammeRow:
    """One programme, whole. The programme comes with its organisation and municipality."""
    limits = limits_on(today)
    own, others, doubt = newest(behind.reports)
    said = claim(own, today) if own else None
    beside = tuple(claim(row, today) for row in others)
    norms = norms_of(programme.care_type, today)
    all_of_it, to_intake, to_treatment = computed(behind.people, today, limits)
    mean_intake, mean_treatment = realised(behind.people, today, limits)
    age = said.age_days if said else None
    place = programme.municipality
    in_all = said.total_weeks if said else None
    state = figures.state_of(age, overdue_after=limits.overdue_after_days, out_after=limits.out_after_days)
    half = all_of_it.p50
    return ProgrammeRow(
        programme_id=programme.pk,
        region_id=programme.region_id,
        organisation_id=programme.organisation_id,
        provider=programme.organisation.name,
        name=programme.name,
        care_type=programme.care_type,
        care_type_words=word(care.care_types(), programme.care_type),
        setting=programme.setting,
        setting_words=word(care.settings(), programme.setting) if programme.setting else "",
        diagnosis=programme.diagnosis_group,
        diagnosis_words=(
            word(care.diagnosis_groups(), programme.diagnosis_group)
            if programme.diagnosis_group
            else _("alle klachten")
        ),
        min_age=programme.min_age,
        max_age=programme.max_age,
        ages_words=ages_words(programme),
        insurers=tuple(programme.insurers),
        insurers_words=insurers_words(programme),
        cost=programme.cost,
        offer=programme.offer,
        exclusions=programme.exclusions,
        referral_criteria=programme.referral_criteria,
        desk=programme.desk,
        phone=programme.phone,
        email=programme.email,
        website=programme.website,
        mode=programme.mode,
        online=programme.mode != CareProgramme.Mode.LIVE,
        place_name=programme.place_name,
        street=programme.street,
        postal_code=programme.postal_code,
        city=programme.city,
        municipality=place.name if place else "",
        municipality_slug=place.slug if place else "",
        latitude=programme.latitude,
        longitude=programme.longitude,
        distance_km=distance_km(programme, *near),
        service_id=programme.service_id,
        ended_on=programme.ended_on if programme.ended_on and programme.ended_on <= today else None,
        ended_why=programme.ended_why,
        stop=stop_on(behind.stops, today),
        claim=said,
        others=beside,
        disagree=bool(said) and any(_differs(said, one) for one in beside),
        questioned=claim(doubt, today) if doubt else None,
        state=state,
        norms=norms,
        within_intake=figures.within(said.intake_weeks, norms.intake) if said and norms else None,
        within_treatment=figures.within(said.treatment_weeks, norms.treatment) if said and norms else None,
        within_total=figures.within(in_all, norms.total) if norms else None,
        computed=all_of_it,
        computed_intake=to_intake,
        computed_treatment=to_treatment,
        realised_intake=mean_intake,
        realised_treatment=mean_treatment,
        difference=None if in_all is None or half is None or state is State.OUT else half - in_all,
    )


def _differs(one: Claim | None, other: Claim) -> bool:
    return one is not None and (one.intake_weeks, one.treatment_weeks) != (
        other.intake_weeks,
        other.treatment_weeks,
    )

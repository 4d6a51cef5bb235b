"""Acts on referral agreements: write, propose, agree, send back, withdraw, and count their use."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners.models import Organisation
from noaber.offer.directory import queries as directory
from noaber.offer.routes import errors, rules
from noaber.offer.routes.models import RouteCard, RouteDeviation, RouteStep, RouteUse, RouteVersion
from noaber.offer.routes.types import RouteChoice, RouteText

PLAIN = ("question", "for_whom", "first_choice", "then", "not_for", "send_along", "ring", "ring_phone")
OPEN = (RouteVersion.State.DRAFT, RouteVersion.State.PROPOSED)


@transaction.atomic
def start_card(*, actor: Actor, owner_id: UUID, text: RouteText, once_key: str, now: datetime) -> UUID:
    """A new agreement, as a draft of its first version. The same `once_key` twice is one."""
    gate.require_act(actor, "routes.edit")
    owner = Organisation.objects.filter(pk=owner_id, region_id__in=actor.regions(Role.EDITOR)).first()
    if owner is None:
        raise gate.not_here()
    _check(text, owner.region_id)
    card, new = RouteCard.objects.get_or_create(
        once_key=once_key, defaults={"region_id": owner.region_id, "owner": owner, "made_at": now}
    )
    if card.region_id != owner.region_id:
        raise gate.not_here()
    if new:
        row = RouteVersion(card=card, number=1)
        _write(row, text, now)
        _step(row, actor, "made", now)
    return card.pk


@transaction.atomic
def write_version(*, actor: Actor, card_id: UUID, text: RouteText, lock: int, now: datetime) -> UUID:
    """Change the draft of an agreement, or begin its next version. What was agreed keeps its words.

    `lock` is that of the open version that was read, 0 when there was none.

    Raises:
        Conflict: someone else edited it meanwhile, or it waits for its owner.
    """
    card = gate.get(actor, "edit", RouteCard.objects.select_for_update(), resource="route_card", pk=card_id)
    _check(text, card.region_id)
    row = card.versions.filter(state__in=OPEN).first()
    if row is not None and row.state == RouteVersion.State.PROPOSED:
        raise errors.already_open()
    if (row.lock if row is not None else 0) != lock:
        raise errors.changed_meanwhile()
    what = "changed"
    if row is None:
        last = card.versions.order_by("-number").values_list("number", flat=True).first() or 0
        row, what = RouteVersion(card=card, number=last + 1), "made"
    _write(row, text, now)
    _step(row, actor, what, now)
    return row.pk


def _check(text: RouteText, region_id: UUID) -> None:
    faults = rules.faults_of(
        text,
        {
            "long": _("Dit is te lang. Er passen %(longest)s tekens."),
            "empty": _("Vul dit in."),
            "words": _("Hoogstens dertig woorden, elk van hoogstens veertig tekens."),
            "order": _("Het einde is niet later dan het begin."),
            "bsn": _("Haal het burgerservicenummer weg. Wij bewaren dat niet."),
        },
    )
    if len(directory.some(region_id, text.service_ids)) != len(set(text.service_ids)):
        faults["services"] = _("Kies alleen aanbod dat er nu is.")
    if not set(text.terms) <= set(load_terms()):
        faults["terms"] = _("Kies een van de mogelijkheden.")
    if faults:
        raise errors.not_right(faults)


def _write(row: RouteVersion, text: RouteText, now: datetime) -> None:
    for key in PLAIN:
        setattr(row, key, rules.cleaned(getattr(text, key)))
    row.words = [rules.cleaned(word) for word in text.words if rules.cleaned(word)]
    row.terms, row.service_ids = list(text.terms), list(text.service_ids)
    row.valid_from, row.valid_until = text.valid_from, text.valid_until
    row.lock = 1 if row._state.adding else row.lock + 1
    row.changed_at = now
    row.save()


def _step(row: RouteVersion, actor: Actor, what: str, now: datetime, words: str = "") -> None:
    region_id = row.card.region_id
    organisation = next((g.organisation_name for g in actor.grants if g.region_id == region_id), "")
    RouteStep.objects.create(
        version=row,
        at=now,
        what=what,
        by_name=actor.name[:120],
        organisation=organisation[:200],
        words=words[:300],
    )


def _open_version(card: RouteCard, version_id: UUID, state: RouteVersion.State) -> RouteVersion:
    row = card.versions.filter(pk=version_id).first()
    if row is None:
        raise gate.not_here()
    if row.state != state:
        raise errors.not_in_this_state()
    return row


@transaction.atomic
def propose(*, actor: Actor, card_id: UUID, version_id: UUID, now: datetime) -> None:
    """Ask the owner to agree with the draft; from here it changes no more."""
    card = gate.get(actor, "edit", RouteCard.objects.select_for_update(), resource="route_card", pk=card_id)
    row = _open_version(card, version_id, RouteVersion.State.DRAFT)
    row.state, row.proposed_by_id, row.changed_at = RouteVersion.State.PROPOSED, actor.account_id, now
    row.lock += 1
    row.save(update_fields=["state", "proposed_by", "changed_at", "lock"])
    _step(row, actor, "proposed", now)


@transaction.atomic
def agree(*, actor: Actor, card_id: UUID, version_id: UUID, now: datetime) -> None:
    """The owner agrees: it applies from its day, or today when that has passed, and ends the one before it.

    Raises:
        Conflict: it was not proposed (any more), by this actor herself, or begins before the one it replaces.
    """
    card = gate.get(actor, "agree", RouteCard.objects.select_for_update(), resource="route_card", pk=card_id)
    row = _open_version(card, version_id, RouteVersion.State.PROPOSED)
    if row.proposed_by_id is not None and row.proposed_by_id == actor.account_id:
        raise errors.own_proposal()
    begins = max(row.valid_from, day_of(now))
    _close_earlier(card, begins)
    row.state, row.changed_at = RouteVersion.State.AGREED, now
    row.valid_from = begins
    if row.valid_until is not None and row.valid_until < begins:
        raise errors.begins_too_early()
    row.in_force = DateRange(begins, _day_after(row.valid_until))
    row.lock += 1
    row.save(update_fields=["state", "changed_at", "valid_from", "in_force", "lock"])
    _step(row, actor, "agreed", now)


def _day_after(last: date | None) -> date | None:
    return None if last is None else date.fromordinal(last.toordinal() + 1)


def _close_earlier(card: RouteCard, begins: date) -> None:
    for earlier in card.versions.filter(state=RouteVersion.State.AGREED, in_force__isnull=False):
        applied = earlier.in_force
        if applied.isempty or (applied.upper is not None and applied.upper <= begins):
            continue
        if applied.lower >= begins:
            raise errors.begins_too_early()
        earlier.in_force = DateRange(applied.lower, begins)
        earlier.save(update_fields=["in_force"])


@transaction.atomic
def send_back(*, actor: Actor, card_id: UUID, version_id: UUID, words: str, now: datetime) -> None:
    """The owner does not agree yet; it is a draft again, with what must change."""
    card = gate.get(actor, "agree", RouteCard.objects.select_for_update(), resource="route_card", pk=card_id)
    row = _open_version(card, version_id, RouteVersion.State.PROPOSED)
    said = rules.cleaned(words)
    if not said or len(said) > 300:
        raise errors.not_right({"words": _("Zeg in hoogstens 300 tekens wat er anders moet.")})
    row.state, row.proposed_by_id, row.changed_at = RouteVersion.State.DRAFT, None, now
    row.lock += 1
    row.save(update_fields=["state", "proposed_by", "changed_at", "lock"])
    _step(row, actor, "sent_back", now, said)


@transaction.atomic
def withdraw(*, actor: Actor, card_id: UUID, words: str, now: datetime) -> None:
    """The agreement applies no more from today; what applied before stays to be read. Twice is once."""
    card = gate.get(
        actor, "withdraw", RouteCard.objects.select_for_update(), resource="route_card", pk=card_id
    )
    said, today = rules.cleaned(words), day_of(now)
    if not said or len(said) > 300:
        raise errors.not_right({"words": _("Zeg in hoogstens 300 tekens waarom.")})
    for row in card.versions.exclude(state=RouteVersion.State.WITHDRAWN):
        applied = row.in_force
        if applied is not None and applied.upper is not None and applied.upper <= today:
            continue
        lower = applied.lower if applied is not None else today
        gone = lower is None or lower >= today
        row.in_force = DateRange(empty=True) if gone else DateRange(lower, today)
        row.state, row.changed_at = RouteVersion.State.WITHDRAWN, now
        row.lock += 1
        row.save(update_fields=["in_force", "state", "changed_at", "lock"])
        _step(row, actor, "withdrawn", now, said)


def choice_of(version_id: str, said: str, reason: str, words: str) -> RouteChoice | None:
    """What was chosen in a form: `said` is 'followed' or 'deviated'; nothing when it was left open."""
    return rules.choice_from(version_id, said, reason, words)


def check_choice(choice: RouteChoice) -> dict[str, str]:
    """What cannot be kept of a choice, per field: no reason, or words that point to someone."""
    if choice.followed:
        return {}
    faults = {}
    if choice.reason not in RouteDeviation.Reason.values:
        faults["reason"] = _("Kies waarom u het anders doet.")
    if len(choice.words) > rules.LONGEST_REASON:
        longest = {"longest": rules.LONGEST_REASON}
        faults["words"] = _("Dit is te lang. Er passen %(longest)s tekens.") % longest
    elif rules.points_to_someone(choice.words):
        faults["words"] = _("Hier staat iets over een persoon. Haal namen, nummers en data weg.")
    return faults


@transaction.atomic
def tell_use(
    *, region_id: UUID, choice: RouteChoice, now: datetime, once_key: str = "", on: date | None = None
) -> bool:
    """Count that a version of this region was followed or not; whether it was counted now.

    Nothing is kept of whom it was about, who did it, or at which practice; of when only the month. For rooms
    above, which checked that the actor refers here. A version that never applied is not counted.

    Raises:
        Invalid: no reason, or words that point to someone.
    """
    faults = check_choice(choice)
    if faults:
        raise errors.not_right(faults)
    today = on or day_of(now)
    version = RouteVersion.objects.filter(
        pk=choice.version_id, card__region_id=region_id, in_force__startswith__lte=today
    ).first()
    if version is None:
        return False
    use, new = RouteUse.objects.get_or_create(
        once_key=once_key or uuid4().hex,
        defaults={"version": version, "month": rules.month_of(today), "followed": choice.followed},
    )
    if new and not choice.followed:
        RouteDeviation.objects.create(use=use, reason=choice.reason, words=rules.cleaned(choice.words))
    return new


def tell(*, actor: Actor, card_id: UUID, choice: RouteChoice, once_key: str, now: datetime) -> bool:
    """The same by who refers, on the page of the agreement itself."""
    gate.require_act(actor, "routes.tell")
    card = gate.get(actor, "see", RouteCard.objects.all(), resource="route_card", pk=card_id)
    if not card.versions.filter(pk=choice.version_id).exists():
        raise gate.not_here()
    return tell_use(region_id=card.region_id, choice=choice, now=now, once_key=once_key)

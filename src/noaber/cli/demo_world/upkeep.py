"""What waits at the desk of the sociale kaart: reports, questions to owners, a year of gaps, other words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from noaber.hallway import clock
from noaber.network.partners.models import Region
from noaber.offer.directory import factories, services
from noaber.offer.directory.models import CheckRequest, ErrorReport, Gap, Service, Synonym

OWNERS = 5
ENTRIES_OF_AN_OWNER = 3
REPORTS = (
    ("hours", "Ik stond woensdag voor een dichte deur."),
    ("phone", "Dit nummer doet het niet meer."),
    ("cost", "Het kost nu drie euro."),
)
MISSED = (
    ("samen koken voor mensen alleen", "nothing", "almelo", (0, 1, 1, 2, 2, 3, 2, 4, 3, 5, 4, 6)),
    ("hulp bij schulden in het pools", "nothing", "enschede", (1, 0, 2, 1, 3, 2, 2, 3, 1, 4, 3, 2)),
    ("praatgroep na een scheiding", "not_near", "tubbergen", (0, 0, 1, 0, 1, 2, 1, 1, 2, 1, 2, 1)),
    ("inloop in het weekend", "nothing", "hengelo", (2, 3, 2, 4, 3, 5, 4, 4, 6, 5, 7, 6)),
    ("zwemmen met anderen die angst hebben", "nothing", "losser", (0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1)),
    ("cursus beter slapen", "not_now", "dinkelland", (1, 1, 0, 1, 2, 0, 1, 1, 0, 1, 0, 2)),
    ("maatje voor een vader", "not_near", "rijssen-holten", (0, 1, 0, 1, 0, 1, 1, 0, 2, 1, 1, 1)),
)
WORDS = (
    ("gek in mijn hoofd", ["psychische klachten", "verward"]),
    ("burn-out", ["overspannen", "stress"]),
    ("buurtkamer", ["inloop", "wijkhuis"]),
    ("opgebrand", ["overspannen", "stress"]),
)


def fill(region: Region, *, today: date) -> None:
    """Everything of the desk; the mails of this week stand in the letterbox of the demo."""
    now = clock.at(today - timedelta(days=1), 8)
    _questions(region, now)
    _reports(region, now)
    _gaps(region, today)
    for word, means in WORDS:
        Synonym.objects.create(region=region, word=word, means=means, changed_at=now, revision=1)


def _questions(region: Region, now: datetime) -> None:
    """Some owners have an address; they were asked, and one answered that something changed."""
    old = list(factories.growing_old(region.pk, today=now.date())[: OWNERS * ENTRIES_OF_AN_OWNER])
    for number, row in enumerate(old):
        owner = number % OWNERS
        Service.objects.filter(pk=row.pk).update(owner_email=f"aanbod{owner + 1}@voorbeeld.example")
    factories.ask_owners(now=now - timedelta(days=5))
    first = CheckRequest.objects.filter(service__region=region).order_by("asked_at", "pk").first()
    if first is not None:
        factories.answer_as_owner(
            token=factories.token_of(first.pk),
            said="changed",
            words="Nieuwe dagen of tijden: voortaan op donderdagochtend",
            now=now - timedelta(days=2),
        )


def _reports(region: Region, now: datetime) -> None:
    rows = Service.objects.filter(region=region, status="active").order_by("name")[7:200:60]
    for days, (row, (about, words)) in enumerate(zip(rows, REPORTS, strict=False)):
        ErrorReport.objects.create(
            service=row, about=about, words=words, reported_at=now - timedelta(days=3 * days)
        )
        services.weigh_again(service_id=row.pk, now=now)


def _gaps(region: Region, today: date) -> None:
    towns = {one.slug: one for one in region.municipalities.all()}
    known = factories.known_words()
    for words, kind, town, times in MISSED:
        question = factories.kept_of(words, known)
        Gap.objects.bulk_create(
            Gap(
                region=region,
                kind=kind,
                question=question,
                municipality=towns.get(town),
                month=month,
                times=count,
            )
            for month, count in zip(factories.months_back(today), times, strict=True)
            if count
        )

"""The command `search`: what one can go to, as the page finds it."""

from noaber.cli import django_door
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment, running_database
from noaber.cli.printing import print_json, table
from noaber.cli.state import State

MOST = 100


def search(state: State, text: str, *, near: str, region: str, limit: int, as_json: bool) -> int:
    """Show the best finds; 0 when there is any, 1 when there is none."""
    if not 1 <= limit <= MOST:
        raise CommandFailure(f"--limit {limit} is not possible. Ask for 1 to {MOST}.")
    with running_database(state) as database:
        rooms = django_door.open_rooms(child_environment(state, database.urls))
        try:
            found = rooms.find_offer(region, text, near, limit=limit, now=rooms.clock.now())
        finally:
            rooms.leave()
    if found is None:
        raise CommandFailure(f"There is no region {region!r} here. Load one with ./noaber region load.")
    if near and found["near"] is None:
        raise CommandFailure(f"The place {near!r} is not known. Give a town, a village or four digits.")
    if as_json:
        print_json(found)
    else:
        _print(found)
    return 0 if found["total"] else 1


def _print(found: dict[str, object]) -> None:
    hits = found["hits"]
    if not isinstance(hits, list):
        raise TypeError("hits is not a list")
    if found["corrected"]:
        print(f"Searched for: {found['corrected']}")
    rows = [
        (
            hit["name"],
            hit["organisation"],
            hit["municipality"] or "whole region",
            "" if hit["distance_km"] is None else f"{hit['distance_km']:.1f} km",
            "this week" if hit["this_week"] else "",
            ", ".join(hit["why"]),
        )
        for hit in hits
    ]
    print(table(("Name", "Organisation", "Where", "Distance", "When", "Why"), rows))
    print(f"{found['total']} found" + (" (some only partly fit)" if found["widened"] else ""))

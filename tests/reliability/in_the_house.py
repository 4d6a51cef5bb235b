"""What the kill test asks of the installation itself; run as one of its programs: seed, sweep or look.

`seed` makes the invented cast and prints the session of the referring doctor; `sweep` does now what the
worker does every two minutes; `look` prints what is in the database, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from typing import Any

import django
from django.db import transaction

django.setup()

from django.conf import settings  # noqa: E402

from noaber.hallway import clock  # noqa: E402
from noaber.hallway.access import gate  # noqa: E402
from noaber.hallway.audit.models import AuditEntry  # noqa: E402
from noaber.hallway.outbox.models import Handling, OutboxEvent  # noqa: E402
from noaber.hallway.outbox.tasks import sweep_events  # noqa: E402
from noaber.hallway.post.models import Message  # noqa: E402
from noaber.hallway.post.tasks import sweep_messages  # noqa: E402
from noaber.network.partners.models import Membership  # noqa: E402
from noaber.network.residents.models import HelpRequest  # noqa: E402
from noaber.pathways.conversations.factories import make_world  # noqa: E402
from noaber.pathways.referrals.models import Referral  # noqa: E402


def seed() -> dict[str, Any]:
    """Noor, who refers, with a session in which both steps were taken."""
    with transaction.atomic(), gate.as_system("proef: opbouwen"):
        world = make_world()
        for row in Membership.objects.all():
            row.period = type(row.period)(clock.today().replace(year=2020), None)
            row.save(update_fields=["period"])
        engine: Any = import_module(settings.SESSION_ENGINE)
        session = engine.SessionStore()
        session["_auth_user_id"] = str(world.noor.pk)
        session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[-1]
        session["_auth_user_hash"] = world.noor.get_session_auth_hash()
        session["second_factor"] = True
        session.save()
    return {"session": session.session_key, "municipality": str(world.almelo.pk)}


def sweep() -> dict[str, Any]:
    """Find what lost its job, now instead of within two minutes."""
    sweep_events.func(timestamp=0)
    sweep_messages.func(timestamp=0)
    return {}


def look() -> dict[str, Any]:
    """Everything that was written, by the keys of the clients."""
    with transaction.atomic(), gate.as_system("proef: nakijken"):
        told = {str(e.payload["referral_id"]) for e in OutboxEvent.objects.filter(name="ReferralSent")}
        opened = AuditEntry.objects.filter(event_type="help_request.open")
        logged = Counter(opened.values_list("object_id", flat=True))
        handlings = Handling.objects.values_list("event", "handler")
        return {
            "referrals": {
                row.once_key: {
                    "id": str(row.pk),
                    "name": row.help_request.resident.name,
                    "parts": sorted(i.part for i in row.help_request.involvements.all()),
                    "logged": logged[str(row.help_request_id)],
                    "told": str(row.pk) in told,
                    "messages": Message.objects.filter(key=f"referral-sent:{row.pk}").count(),
                }
                for row in Referral.objects.select_related("help_request__resident")
            },
            "threads": HelpRequest.objects.count(),
            "events": OutboxEvent.objects.filter(name="ReferralSent").count(),
            "undelivered": OutboxEvent.objects.filter(delivered_at=None).count(),
            "handled_twice": len(handlings) - len(set(handlings)),
            "unsent": Message.objects.exclude(state=Message.State.SENT).count(),
            "message_ids": [f"<{pk}@noaber>" for pk in Message.objects.values_list("pk", flat=True)],
        }


if __name__ == "__main__":
    print(json.dumps({"seed": seed, "sweep": sweep, "look": look}[sys.argv[1]]()))

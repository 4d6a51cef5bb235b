"""Who should see what, read a second time from the design in plain Python. It knows none of the policies.

For each address: for whom which residents may be there, which fields must show and which may.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.security import (
    canaries,
    oracle_care_programmes,
    oracle_forming,
    oracle_groups,
    oracle_keeping,
    oracle_neighbourhood,
    oracle_routes,
    oracle_self_help,
    oracle_sharing,
    oracle_sources,
    oracle_support_points,
)

ALMELO = frozenset({"fatma", "mila", "dora", "els"})
HELD = frozenset({"fatma", "mila", "cem"})
PLANNED = frozenset({"dora"})
TALKED_OR_PLANNED = HELD | PLANNED

Whom = dict[str, frozenset[str]]

OF_THE_PRACTICE: Whom = {"noor": ALMELO, "gijs": frozenset({"cem"})}
OF_THE_OFFICE: Whom = {"ilse": ALMELO, "gerda": frozenset({"cem"})}
OF_THE_TABLE: Whom = {
    "sanne": frozenset({"fatma", "mila"}),
    "bram": frozenset({"fatma", "dora"}),
    "henk": frozenset({"mila"}),
    "tineke": frozenset({"dora"}),
    "boris": frozenset({"cem"}),
    "bea": frozenset({"cem"}),
}
"""Karel was at Fatma's table; since yesterday he works there no more."""

STAFF = frozenset(
    "noor piet ilse gerda sanne tineke karel bram henk boris bea gijs joris petra dirk olga wil anouk"
    " roos lotte ruud".split()
)
RESIDENTS = frozenset({"fatma", "mila", "dora", "els", "cem"})
HERSELF: Whom = {person: frozenset({person}) for person in ("fatma", "mila", "dora", "els", "cem")}
NOBODY: Whom = {}
LETTER_WENT = frozenset({"fatma", "cem"})
"""Mila objected; Dora and Els have no letter."""

MAY_HELP = frozenset({"noor", "piet", "gijs", "sanne", "tineke", "bram", "henk", "boris", "bea", "wil"})
"""Hosts, guides and practices may begin together; without her card and pin that opens nothing of hers."""

BY_HAND = frozenset({"ilse", "gerda", "wil"})
"""Who carries out letters and calls: of the requests the office plans, or of who chose the support point."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one address shows of whom, to whom.

    `must` fields show of each resident of `whom` who is in `only`; `may` fields may. `opens` is for addresses
    that hold nothing of a resident: these visitors get the page itself. With `form_first` a colleague whose
    form is not filled in gets that answer (422, or back to the same address) before anything is looked up.
    """

    whom: Whom = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset({"fatma", "mila", "dora", "els", "cem"})
    opens: frozenset[str] = frozenset()
    about: str = ""
    post_only: bool = False
    form_first: bool = False

    def may_open(self, who: str, person: str | None) -> bool:
        """Whether this visitor gets anything else than 'not here'."""
        if person is None:
            return who in self.opens or who in self.whom
        return person in self.whom.get(who, frozenset())

    def must_see(self, who: str, person: str | None) -> frozenset[str]:
        """The fields, as `person.field`, without which the page is too poor."""
        people = self.whom.get(who, frozenset()) & self.only
        return frozenset(f"{p}.{f}" for p in people if person in {None, p} for f in self.must)

    def may_see(self, who: str, person: str | None) -> frozenset[str]:
        """The fields that are no leak."""
        people = self.whom.get(who, frozenset())
        shown = frozenset(f"{p}.{f}" for p in people if person in {None, p} for f in self.must | self.may)
        if self.about == "referral":
            return shown - {f"{p}.letter" for p in people - LETTER_WENT}
        return shown


def fields(*names: str) -> frozenset[str]:
    """A set of field names."""
    return frozenset(names)


TRACE = fields("code", "id")
"""The number of a request and the ids in links: no words of hers, and still hers."""

ALL_OF_HER = TRACE | frozenset(canaries.FIELDS)
"""Her own copy holds every word of hers."""

EXPECTED: dict[str, Expected] = {
    # the practice
    "referrals:refer": Expected(opens=fields("noor", "piet", "gijs")),
    "referrals:own": Expected(
        OF_THE_PRACTICE, must=fields("name"), may=TRACE, opens=fields("noor", "piet", "gijs")
    ),
    "referrals:one": Expected(
        OF_THE_PRACTICE,
        must=fields("name", "question"),
        may=TRACE | {"wishes", "letter", "statement"},
        about="referral",
    ),
    "referrals:sent": Expected(OF_THE_PRACTICE, must=fields("code"), may=TRACE | {"name"}, about="referral"),
    "referrals:keys": Expected(opens=fields("noor", "piet", "gijs", "dirk")),
    "referrals:revoke_key": Expected(post_only=True),
    "referrals:tell_route": Expected(
        OF_THE_PRACTICE, must=fields("code"), may=TRACE | {"name"}, about="referral", post_only=True
    ),
    "referrals:new_card": Expected(OF_THE_PRACTICE, may=TRACE, about="referral", post_only=True),
    # a helper beside her, letters and calls, and what was prepared together
    "companions:start": Expected(opens=MAY_HELP),
    "companions:ring_back": Expected(opens=MAY_HELP),
    "companions:digits": Expected(opens=MAY_HELP),
    "companions:enter_paper": Expected(opens=MAY_HELP),
    "companions:by_hand": Expected(
        {"ilse": frozenset({"els", "dora"})}, must=fields("name"), may=TRACE | {"phone"}, opens=BY_HAND
    ),
    "companions:print_all": Expected(
        {"ilse": frozenset({"els"})}, must=fields("name", "code"), may=TRACE, opens=BY_HAND
    ),
    "companions:print_one": Expected({"ilse": frozenset({"els"})}, must=fields("name", "code"), may=TRACE),
    "companions:posted": Expected({"ilse": frozenset({"els"})}, may=TRACE, post_only=True),
    "companions:called": Expected({"ilse": frozenset({"dora"})}, must=fields("name", "phone"), may=TRACE),
    "preparations:prepare": Expected(opens=fields("wil")),
    "preparations:mine": Expected(opens=fields("wil")),
    "preparations:one": Expected(opens=fields("wil")),
    "preparations:withdraw": Expected(opens=fields("wil"), post_only=True),
    "preparations:card": Expected(opens=fields("wil"), post_only=True),
    "preparations:to_confirm": Expected(opens=fields("noor", "piet", "gijs")),
    "preparations:decide": Expected(opens=fields("noor"), post_only=True),
    # the office that plans
    "conversations:board": Expected(
        {"ilse": frozenset({"dora", "els"}), "gerda": frozenset()},
        must=fields("code"),
        may=TRACE | {"question", "wishes"},
    ),
    "conversations:case": Expected(
        OF_THE_OFFICE,
        must=fields("name", "phone", "question", "code"),
        may=TRACE | {"wishes", "choice"},
        about="help_request",
    ),
    "conversations:by_hand": Expected(
        OF_THE_OFFICE, may=TRACE | {"name", "question", "wishes"}, about="help_request"
    ),
    "conversations:move": Expected(
        OF_THE_OFFICE,
        may=TRACE | {"name", "phone", "question", "wishes", "choice"},
        about="conversation",
    ),
    "conversations:cancel": Expected(OF_THE_OFFICE, may=TRACE | {"name"}, about="conversation"),
    "conversations:plan_ics": Expected(OF_THE_OFFICE, may=fields("id"), about="conversation"),
    "conversations:peer": Expected({"ilse": PLANNED}, may=TRACE, about="conversation"),
    "conversations:peer_let_go": Expected({"ilse": PLANNED}, may=TRACE, about="conversation", post_only=True),
    "conversations:undo": Expected(opens=fields("ilse", "gerda"), post_only=True),
    "conversations:alarm": Expected(
        {"ilse": ALMELO, "gerda": frozenset({"cem"})}, may=TRACE, opens=fields("ilse", "gerda")
    ),
    "conversations:assign": Expected(
        OF_THE_OFFICE, may=TRACE, about="help_request", post_only=True, form_first=True
    ),
    # who holds the conversation
    "conversations:worklist": Expected(OF_THE_TABLE, must=fields("name"), may=TRACE | {"question"}),
    "conversations:conversation": Expected(
        OF_THE_TABLE,
        must=fields("name", "question"),
        may=TRACE | {"phone", "wishes", "step", "web", "note"},
        about="conversation",
    ),
    "conversations:no_show": Expected(OF_THE_TABLE, may=TRACE, about="conversation", post_only=True),
    "conversations:outcome": Expected(
        OF_THE_TABLE, may=TRACE | {"name", "step"}, about="conversation", post_only=True
    ),
    "conversations:report": Expected(
        OF_THE_TABLE,
        must=fields("report"),
        may=TRACE | {"statement", "correction", "name", "step", "question", "wishes"},
        only=HELD,
        about="conversation",
    ),
    "conversations:note": Expected(
        OF_THE_TABLE,
        must=fields("name", "note"),
        may=TRACE | {"step"},
        only=frozenset({"fatma", "cem"}),
        about="conversation",
    ),
    "conversations:minutes": Expected(OF_THE_TABLE, may=TRACE | {"name"}, about="conversation"),
    "conversations:another": Expected(OF_THE_TABLE, may=TRACE, about="conversation", post_only=True),
    "conversations:guide_ics": Expected(
        {**OF_THE_TABLE, **OF_THE_OFFICE}, may=fields("id"), about="conversation"
    ),
    # herself
    "resident:question": Expected(HERSELF, may=TRACE | {"name", "choice", "question", "step", "query"}),
    "resident:postpone": Expected(HERSELF, may=TRACE | {"name"}),
    "resident:stop": Expected(HERSELF, may=TRACE | {"name"}),
    "identity:link": Expected(),
    "identity:unlink": Expected(opens=RESIDENTS, post_only=True),
    "entrances:own_keys": Expected(opens=RESIDENTS),
    "entrances:change_pin": Expected(opens=RESIDENTS),
    "entrances:add_passkey": Expected(opens=RESIDENTS),
    "entrances:remove_passkey": Expected(post_only=True),
    "entrances:end_session": Expected(post_only=True),
    "entrances:forget_device": Expected(opens=RESIDENTS, post_only=True),
    "resident:take_up": Expected(HERSELF, may=TRACE, post_only=True),
    "resident:choose": Expected(HERSELF, may=TRACE, post_only=True),
    "resident:let_go": Expected(HERSELF, may=TRACE, post_only=True),
    "resident:web": Expected(
        HERSELF, must=fields("web"), may=TRACE, only=frozenset({"fatma", "mila", "cem"})
    ),
    "resident:web_fill": Expected(HERSELF, may=TRACE),
    "resident:web_share": Expected(HERSELF, may=TRACE, post_only=True),
    "resident:web_throw_away": Expected(HERSELF, may=TRACE, about="web", post_only=True),
    "resident:answer_step": Expected(HERSELF, may=TRACE, about="step", post_only=True),
    "resident:report": Expected(
        HERSELF,
        must=fields("report"),
        may=TRACE | {"name", "step", "statement", "correction"},
        only=HELD,
        about="conversation",
        form_first=True,
    ),
    "residents:preferences": Expected(HERSELF, may=TRACE | {"phone", "mail", "home"}),
    "residents:reach_me": Expected(HERSELF, must=fields("phone"), may=TRACE | {"mail", "home"}),
    "residents:meet_me": Expected(HERSELF, may=TRACE),
    "residents:ask": Expected(HERSELF, may=TRACE | {"query"}),
    "residents:waiting": Expected(
        {
            **{who: frozenset({"fatma"}) for who in ("bram", "ilse")},
            **{who: frozenset({"cem"}) for who in ("boris", "gerda")},
        },
        may=TRACE | {"name"},
        opens=STAFF,
    ),
    "residents:answer": Expected(
        {"bram": frozenset({"fatma"}), "boris": frozenset({"cem"})},
        must=fields("name", "query"),
        may=TRACE,
        only=fields("fatma", "cem"),
        about="question",
    ),
    "relatives:own": Expected(HERSELF, may=TRACE | {"kin"}),
    "relatives:invite": Expected(HERSELF, may=TRACE),
    "relatives:one": Expected(
        HERSELF, must=fields("kin"), may=TRACE, only=fields("fatma", "cem"), about="relative"
    ),
    "relatives:again": Expected(
        HERSELF, must=fields("kin"), may=TRACE, only=fields("fatma", "cem"), about="relative"
    ),
    "relatives:stop": Expected(
        HERSELF, must=fields("kin"), may=TRACE, only=fields("fatma", "cem"), about="relative"
    ),
    "evaluations:at_home": Expected(opens=frozenset({"fatma", "mila", "dora", "els", "cem"})),
    "audit:who_looked": Expected(HERSELF, may=fields("asked")),
    "audit:ask": Expected(HERSELF, about="look"),
    "audit:acquaintances": Expected(HERSELF),
    "holdings:mine": Expected(HERSELF, may=TRACE),
    "holdings:all": Expected(HERSELF, must=fields("name", "phone", "question", "code"), may=ALL_OF_HER),
    "holdings:file": Expected(HERSELF, must=fields("name", "phone", "question", "code"), may=ALL_OF_HER),
    "holdings:statements": Expected(HERSELF, must=fields("own"), may=TRACE, only=fields("fatma", "cem")),
    "holdings:statement": Expected(
        HERSELF, must=fields("own"), may=TRACE, only=fields("fatma", "cem"), about="statement"
    ),
    "holdings:remove_statement": Expected(HERSELF, may=TRACE, about="statement", post_only=True),
    "holdings:erase": Expected(HERSELF, may=TRACE),
    "holdings:take_back": Expected(HERSELF, may=TRACE, post_only=True),
    # who steers, guards and keeps it running: nobody by name
    "conversations:funding": Expected(opens=fields("joris")),
    "conversations:funding_evidence": Expected(opens=fields("joris")),
    "conversations:funding_csv": Expected(opens=fields("joris")),
    "programme:overview": Expected(opens=fields("joris")),
    "kpis:list": Expected(opens=fields("joris")),
    "kpis:one": Expected(opens=fields("joris")),
    "kpis:decide": Expected(opens=fields("joris"), post_only=True),
    "kpis:items": Expected(opens=fields("joris")),
    "kpis:item": Expected(opens=fields("joris")),
    "evaluations:experiences": Expected(opens=fields("joris")),
    "evaluations:first_time_right": Expected(opens=fields("joris")),
    "audit:review": Expected(opens=fields("petra")),
    "holdings:desk": Expected(opens=fields("petra")),
    "holdings:request": Expected({"petra": frozenset({"fatma"})}, about="request"),
    "holdings:paper_copy": Expected(
        {"petra": frozenset({"fatma"})}, must=fields("name", "phone", "question", "code"), may=ALL_OF_HER
    ),
    "holdings:answer_list": Expected(post_only=True),
    "audit:week": Expected(opens=fields("petra")),
    "audit:item": Expected(opens=fields("petra")),
    "audit:questions": Expected(opens=fields("petra")),
    "audit:question": Expected(
        {"petra": frozenset({"fatma"})}, must=fields("asked"), only=fields("fatma"), about="look_question"
    ),
    "audit:note": Expected(opens=fields("petra")),
    "audit:explain": Expected(opens=fields("tineke")),
    "partners:lost_keys": Expected(opens=fields("dirk")),
    "partners:ask_reset": Expected(opens=fields("dirk"), post_only=True),
    "partners:agree_reset": Expected(post_only=True),
    "partners:withdraw_reset": Expected(post_only=True),
    "partners:people": Expected(opens=fields("dirk")),
    "partners:end_role": Expected(opens=fields("dirk")),
    "partners:withdraw": Expected(opens=fields("dirk"), post_only=True),
    "partners:certificate": Expected(opens=fields("dirk")),
    "post:standing": Expected(opens=fields("olga")),
    "post:try_again": Expected(opens=fields("olga"), post_only=True),
}

EXPECTED |= {
    name: Expected(**{key: frozenset(v) if isinstance(v, set) else v for key, v in row.items()})
    for name, row in (
        oracle_sharing.EXPECTED
        | oracle_neighbourhood.EXPECTED
        | oracle_routes.EXPECTED
        | oracle_sources.EXPECTED
        | oracle_keeping.EXPECTED
        | oracle_self_help.EXPECTED
        | oracle_support_points.EXPECTED
        | oracle_forming.EXPECTED
        | oracle_groups.EXPECTED
        | oracle_care_programmes.EXPECTED
    ).items()
}

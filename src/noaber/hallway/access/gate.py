"""The front of access, as rooms use it: `from noaber.hallway.access import gate`."""

from noaber.hallway.access.grants import actor_for, register_provider
from noaber.hallway.access.hooks import (
    register_denial_log,
    register_frame_builder,
    register_stand_in,
    register_way_out,
)
from noaber.hallway.access.scope import as_system, tell_database
from noaber.hallway.access.table import (
    ActRule,
    Effect,
    Resource,
    Rule,
    allowed,
    get,
    hat_for,
    may_act,
    not_here,
    register,
    register_act,
    require,
    require_act,
    visible,
    worn_hat,
)
from noaber.hallway.access.together import (
    SecondLook,
    by_herself,
    helper_words,
    look_twice,
    look_twice_at_all,
    only_herself,
)
from noaber.hallway.access.types import ANONYMOUS, Actor, Grant, Kind, Role, system

__all__ = [
    "ANONYMOUS",
    "ActRule",
    "Actor",
    "Effect",
    "Grant",
    "Kind",
    "Resource",
    "Role",
    "Rule",
    "SecondLook",
    "actor_for",
    "allowed",
    "as_system",
    "by_herself",
    "get",
    "hat_for",
    "helper_words",
    "look_twice",
    "look_twice_at_all",
    "may_act",
    "not_here",
    "only_herself",
    "register",
    "register_act",
    "register_denial_log",
    "register_frame_builder",
    "register_provider",
    "register_stand_in",
    "register_way_out",
    "require",
    "require_act",
    "system",
    "tell_database",
    "visible",
    "worn_hat",
]

"""What a visitor may not leave in her words: then she is asked to take it out. A street or a day may stay."""

from __future__ import annotations

from noaber.ground.phones import only_digits
from noaber.ground.traces import TraceKind, traces_in

MINDED = (TraceKind.PHONE, TraceKind.MAIL, TraceKind.BSN, TraceKind.NAME, TraceKind.BIRTH)


def found_in(text: str, *, known: str = "") -> frozenset[TraceKind]:
    """What sorts of personal data these words seem to hold. `known`: the number of the entry itself."""
    public = only_digits(known)
    return frozenset(
        trace.kind
        for trace in traces_in(text)
        if trace.kind in MINDED
        and not (public and trace.kind is TraceKind.PHONE and only_digits(trace.word) == public)
    )

"""Sessions in the database, which tell a database that is away from a session that was ended."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError


class SessionStore(DatabaseSessions):
    """As Django's, but a lost connection while saving stays a lost connection.

    Django reads every failure as 'this session was deleted' and answers 400, as if the visitor did wrong.
    """

    @classmethod
    def get_model_class(cls) -> type:
        """The same table as Django's own."""
        return DatabaseSessions.get_model_class()

    def save(self, must_create: bool = False) -> None:
        """Save; raises OperationalError when the database is away."""
        try:
            super().save(must_create)
        except UpdateError as failure:
            if isinstance(failure.__context__, OperationalError):
                raise failure.__context__ from None
            raise

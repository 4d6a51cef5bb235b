"""Accounts and invitations. No citizen service number, no user name; a mail address only for staff."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; addresses are kept in lower case."""

    def create_user(self, email: str | None = None, password: str | None = None, **more: Any) -> Account:
        """An account; without password nobody can sign in with one."""
        account = self.model(email=(email or "").strip().lower() or None, **more)
        if password:
            account.set_password(password)
        else:
            account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """By mail address, in any case."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in: a resident with her card, a professional with mail and a second factor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True)
    session_number = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name on screen."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions hang on the password and on `session_number`: raising that ends all of them."""
        held = f"{self.password}:{self.session_number}"
        return salted_hmac("noaber.accounts.session", held, secret=secret, algorithm="sha256").hexdigest()


class Attempt(models.Model):
    """One try to get in, counted under a fingerprint of who or what tried."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempts_of_one_key")]


class Invitation(models.Model):
    """A way in for a new colleague: one link, once, for a week. Only its fingerprint is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    organisation_id = models.UUIDField()
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

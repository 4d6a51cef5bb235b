"""How allauth leaves a view by raising, told to the middleware."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from noaber.hallway.access import gate


def _immediate(request: HttpRequest, failure: Exception) -> HttpResponse:
    response: HttpResponse = getattr(failure, "response")  # noqa: B009  # only this kind comes here
    return response


def _once_more(request: HttpRequest, failure: Exception) -> HttpResponse:
    """Ask for the password or code again, and come back to where she was."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    page = methods[0]["url"] if methods else reverse("account_login")
    response: HttpResponse = flows.reauthentication.suspend_request(request, page)
    return response


def register() -> None:
    """Called once at start."""
    gate.register_way_out(ImmediateHttpResponse, _immediate)
    gate.register_way_out(ReauthenticationRequired, _once_more)

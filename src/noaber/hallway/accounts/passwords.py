"""What a password must be, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Ten minste 12 tekens. Een zin van een paar woorden is sterk en makkelijk te onthouden.")

"""The door for web servers."""

import os
import threading

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from noaber.config import env, warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
application = get_wsgi_application()

# Behind a reverse proxy the visitor's address and https are known only from what that proxy adds. Nobody else
# is believed: without this list, whoever calls could choose the address that the log writes down.
if proxies := env.words("NOABER_TRUSTED_PROXIES"):
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies)

if env.flag("NOABER_WARM_UP"):
    threading.Thread(target=warming.warm_up, name="warming", daemon=True).start()

"""What does a WSGI server or `flask --app wsgi` load?"""

from __future__ import annotations

import sys

from portal import create_app
from portal.kernel.errors import UnsafeSettings

try:
    app = create_app()
except UnsafeSettings as unsafe:
    sys.exit(f"Talqy does not start: {unsafe}")

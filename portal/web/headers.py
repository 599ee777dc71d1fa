"""What do the headers of every answer promise the browser?"""

from __future__ import annotations

from flask import Flask, Response, g, request
from flask_compress import Compress

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
A_YEAR = 365 * 24 * 3600
TEXT_FILES = {"text/css", "text/javascript", "image/svg+xml"}


def register_headers(app: Flask, secure: bool) -> None:
    """Safety headers, caching and compression for every response."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=6,
        COMPRESS_MIN_SIZE=600,
        COMPRESS_STREAMS=False,
        SEND_FILE_MAX_AGE_DEFAULT=A_YEAR,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
    )
    Compress(app)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if secure:
            headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        if request.endpoint == "static" and response.status_code < 400:
            versioned = "public, max-age=31536000, immutable" if request.args.get("v") else "public, max-age=3600"
            headers["Cache-Control"] = versioned
            if response.status_code == 200 and response.mimetype in TEXT_FILES:
                response.direct_passthrough = False
                response.set_data(response.get_data())  # a stream would go out uncompressed
        elif "Cache-Control" not in headers or headers["Cache-Control"] == "no-cache":
            signed_in = getattr(g.get("actor"), "is_signed_in", True)
            headers["Cache-Control"] = "private, no-store" if signed_in or g.get("no_store") else "no-cache"
        return response

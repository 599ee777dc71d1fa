"""How is the portal put together? Walk the ladder and take what each feature offers.

A feature may offer `models`, `views.blueprint`, `cli.commands`, and in `follow`: `FOLLOWERS`, `PERIODIC`, `JOBS`, `START`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask_migrate import Migrate
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.kernel.db import db
from portal.kernel.jobs import Jobs
from portal.kernel.settings import ROOT, Settings, load_settings
from portal.ladder import LADDER
from portal.ledger.followers import FollowerSet
from portal.web.errors import register_errors
from portal.web.flask_app import PortalApp, register_context
from portal.web.formats import register_formats
from portal.web.headers import register_headers
from portal.web.limits import register_limits
from portal.web.locale import current_language, page_languages, register_locale
from portal.web.navigation import account_links, desk_navigation, footer_links, navigation
from portal.web.pages import asset, here


def create_app(settings: Settings | None = None) -> PortalApp:
    """The whole portal as a WSGI application."""
    settings = settings or load_settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = PortalApp(
        "portal",
        root_path=str(ROOT / "portal"),
        static_folder=str(ROOT / "static"),
        template_folder=str(ROOT / "templates"),
        instance_path=str(settings.instance),
    )
    _configure(app, settings)
    _register_web(app, settings)
    _register_features(app)
    return app


def _configure(app: PortalApp, settings: Settings) -> None:
    hosts = settings.base_url.split("//", 1)[1].rsplit(":", 1)[0]
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        DEBUG=settings.debug,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=settings.max_upload,  # a megabyte of Cyrillic is three in a form
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=[hosts, *settings.extra_hosts, *(["localhost", "127.0.0.1"] if settings.is_local else [])],
        WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=12 * 3600,
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _register_web(app: PortalApp, settings: Settings) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    app.after_commit = []
    app.extensions.update(jobs=Jobs(app, settings), followers=FollowerSet(()), periodic=[], health={})
    app.extensions["health"]["database"] = lambda: db.session.execute(text("SELECT 1"))
    app.extensions["health"]["queue"] = app.extensions["jobs"].waiting
    register_locale(app)
    register_formats(app)
    register_headers(app, settings.is_secure)
    register_limits(app, settings.limits_enabled)
    register_errors(app)
    register_context(
        app,
        asset=asset,
        here=here,
        page_languages=page_languages,
        navigation=navigation,
        desk_navigation=desk_navigation,
        account_links=account_links,
        footer_links=footer_links,
        language=current_language,
    )


def _register_features(app: PortalApp) -> None:
    for name in LADDER:
        _module(name, "models")
        if (views := _module(name, "views")) is not None:
            app.register_blueprint(views.blueprint)
        if (cli := _module(name, "cli")) is not None:
            for command in cli.commands:
                app.cli.add_command(command)
        if (follow := _module(name, "follow")) is not None:
            _register_follow(app, follow)


def _register_follow(app: PortalApp, follow: ModuleType) -> None:
    known: FollowerSet = app.extensions["followers"]
    app.extensions["followers"] = FollowerSet((*known.followers, *getattr(follow, "FOLLOWERS", ())))
    app.extensions["periodic"].extend(getattr(follow, "PERIODIC", ()))
    app.extensions["jobs"].register(getattr(follow, "JOBS", {}))
    for start in getattr(follow, "START", ()):
        start(app)


def _module(feature: str, name: str) -> ModuleType | None:
    path = f"portal.{feature}.{name}"
    return import_module(path) if find_spec(path) is not None else None




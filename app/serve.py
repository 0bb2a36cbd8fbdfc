"""Serve the application: uvicorn, set up in code so that every way of starting behaves the same."""

from contextlib import suppress
from functools import partial
from typing import Any, Final

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from app.edge import MAX_HEADERS
from app.main import create_app
from app.settings import Settings

KEEP_ALIVE_SECONDS: Final = 15
BACKLOG: Final = 1_024


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests already accepted are answered within the grace period.

    Raises SystemExit when the service cannot start (the port is taken).
    """
    config = configuration(settings)
    with suppress(KeyboardInterrupt):  # Ctrl+C is how a person stops it, not an error
        if settings.workers == 1:
            Server(config).run()
            return
        with config.bind_socket() as listening:
            Multiprocess(config, sockets=[listening]).run()


def configuration(settings: Settings) -> Config:
    """Return how uvicorn is to serve. No access log: it costs a fifth of the throughput and keeps who asked what."""
    return Config(
        partial(create_app, settings),
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=_protocol(),
        ws="none",
        lifespan="on",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_level=settings.log_level,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        h11_max_incomplete_event_size=2 * MAX_HEADERS,
    )


def _protocol() -> Any:  # noqa: ANN401 - uvicorn takes a name or a class
    """Return the guarded httptools protocol, or uvicorn's pure Python one (which has its own cap) without httptools."""
    try:
        from app.protocol import GuardedProtocol
    except ImportError:
        return "h11"
    return GuardedProtocol

"""The real application on a real store, called without a network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from graph.store import Store


@asynccontextmanager
async def serving(store: Store, settings: Settings | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on this store."""
    app = create_app(settings or Settings(), store)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


def client_of(app: FastAPI) -> httpx.AsyncClient:
    """A client of an application that has been started."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    return httpx.AsyncClient(transport=transport, base_url="http://test", follow_redirects=False)

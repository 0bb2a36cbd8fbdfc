"""Answers that never change while the program runs: style sheet, icon, API description. They need no store."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache

from fastapi import FastAPI, Request, Response

from app.negotiation import wishes
from app.replies import Form, Reply


def add_fixed(app: FastAPI, path: str, form: Form, body: Callable[[], bytes]) -> None:
    """Serve these bytes at this path; they are made when first asked for."""

    @cache
    def reply() -> Reply:
        made = body()
        return Reply(made, b'"' + urlsafe_b64encode(hashlib.blake2b(made, digest_size=12).digest()) + b'"', form)

    async def fixed(request: Request) -> Response:
        return reply().sent_to(wishes(request.scope["headers"]))

    app.add_api_route(path, fixed, methods=["GET"], response_model=None, include_in_schema=False)

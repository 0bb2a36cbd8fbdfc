"""Write the API's description: `python -m app.describe > docs/openapi.json` after a change of the API."""

import sys

from app.main import create_app
from app.openapi import document_text
from app.routes import api_routes
from app.settings import Settings


def main() -> None:
    """Print the OpenAPI document."""
    sys.stdout.write(document_text(create_app(Settings()), api_routes()))


if __name__ == "__main__":
    main()

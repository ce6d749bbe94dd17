"""Serve both providers: ``python -m local.providers PORT [WEBHOOKS]``."""

from __future__ import annotations

import sys

from local.providers.server import Providers


def main() -> None:
    """Serve until stopped."""
    webhooks = sys.argv[2] if len(sys.argv) > 2 else None  # noqa: PLR2004
    providers = Providers(int(sys.argv[1]), webhooks)
    print(f"Payment providers on {providers.url}; pay a checkout with POST {providers.url}/pay/<id>", flush=True)
    providers.run()


if __name__ == "__main__":
    main()

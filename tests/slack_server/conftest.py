"""The fixtures of this folder's own tests."""

from tests.slack_server.fixtures import bolt, client, slack

__all__ = ["bolt", "client", "slack"]

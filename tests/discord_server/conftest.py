from tests.discord_server.fixtures import *  # noqa: F403

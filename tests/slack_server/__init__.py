"""A local Slack for tests: Web API, Socket Mode and the HTTP event sender over real sockets.

The real slack-bolt and slack_sdk clients connect to it. It knows Slack, never the bot: nothing
in here may import `bot`, `cogs`, `adapters` or `storage`. README.md shows how to write a walk.
"""

from tests.slack_server.faults import Fault
from tests.slack_server.forms import Upload
from tests.slack_server.person import ClientRefusal, Outcome, Person
from tests.slack_server.server import SlackServer
from tests.slack_server.world import App, Channel, Message, User, View, Workspace

__all__ = [
    "App",
    "Channel",
    "ClientRefusal",
    "Fault",
    "Message",
    "Outcome",
    "Person",
    "SlackServer",
    "Upload",
    "User",
    "View",
    "Workspace",
]

"""The Web API methods that exist here: one table per module, put together in `TABLE`.

To add a method: write a function `(Call) -> dict` in the fitting module, raise `Refusal` where
Slack refuses, and name it with its scopes in that module's METHODS. If the specification file
does not know it, add its arguments to tests/specs/slack.py too.
"""

from tests.slack_server.methods import (
    account,
    chat,
    conversations,
    files,
    marks,
    users,
    views,
)
from tests.slack_server.methods.call import Method

TABLE: dict[str, Method] = {
    **account.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **users.METHODS,
    **views.METHODS,
}

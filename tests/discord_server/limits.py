"""Every number the server holds a bot to, with Discord's value as the default.

A test overrides one by assignment: `server.limits.ack_seconds = 0.2`.
"""

from dataclasses import dataclass


@dataclass
class Limits:
    """Discord's limits (developer documentation, July 2026). Seconds, characters or counts."""

    # interactions
    ack_seconds: float = 3.0
    token_seconds: float = 15 * 60.0
    # messages
    content: int = 2000
    embeds: int = 10
    embed_total: int = 6000
    file_bytes: int = 10 * 1024 * 1024
    files: int = 10
    pins: int = 250
    old_message_seconds: float = 3600.0
    old_message_edits: int = 30  # per old_message_seconds; Discord does not publish the number
    nonce_seconds: float = 180.0
    attachment_link_seconds: float = 24 * 3600.0
    # components
    rows: int = 5
    row_width: int = 5
    custom_id: int = 100
    button_label: int = 80
    select_options: int = 25
    v2_components: int = 40
    v2_text: int = 4000
    modal_title: int = 45
    modal_items: int = 5
    text_input: int = 4000
    # commands
    commands: int = 100
    context_commands: int = 15
    options: int = 25
    choices: int = 25
    description: int = 100
    command_total: int = 8000
    # direct messages: this many *new* channels per window, None for no limit
    new_dms: int | None = None
    new_dms_seconds: float = 600.0
    # gateway
    heartbeat_seconds: float = 41.25
    resume_seconds: float = 180.0
    gateway_commands: int = 120
    gateway_commands_seconds: float = 60.0

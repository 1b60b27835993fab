"""The core: knows no Discord, no Slack, no SQL, no scheduler."""

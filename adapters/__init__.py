"""The doors: Discord, Slack, the preview, and time. None imports a cog or another adapter."""

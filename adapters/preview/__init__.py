"""The local browser preview: a chat page on loopback to try the bot with nobody else."""

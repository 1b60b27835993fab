"""Discord as one of the doors: slash commands, buttons, modals, direct messages (discord.py).

Start reading at `door.py`. Knows the core and discord.py; no cog, no database.
"""

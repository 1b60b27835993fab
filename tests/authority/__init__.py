"""Who may do what, tried for every command and every button."""

"""What can go wrong in ways somebody has to be told about.

    IntroducerError
    ├── SettingsError      a key or value in config.toml or the environment; one readable line
    ├── DeclarationError   a feature is declared wrongly (found when the program is put together)
    ├── StaleControl       a button or form from an earlier version, or one that was tampered with
    ├── StoreUnavailable   the database cannot be reached or is full right now
    │   └── StoreAway      it may be back by itself: a start is worth another try
    ├── PlatformUnavailable  a platform does not answer, so nobody can say who somebody is there
    └── FileLost           a platform did not hand over a file, or it is larger than was asked for

Refusals that are part of the conversation ("this hour is full") are not errors: handlers return
them as replies.
"""


class IntroducerError(Exception):
    """The root of the project's own errors."""


class SettingsError(IntroducerError):
    """Settings cannot be used; the message is one readable line per problem."""


class SchemaBehind(SettingsError):
    """The database is older than the program; the next start, or `migrate`, brings it up."""


class DeclarationError(IntroducerError):
    """A feature is declared in a way that some platform could not carry."""


class StaleControl(IntroducerError):
    """A button or form that this version cannot read: too old, or not ours."""


class StoreUnavailable(IntroducerError):
    """The database did not answer, is locked, or is full."""


class StoreAway(StoreUnavailable):
    """The database did not answer, and may do so soon without anybody's help."""


class PlatformUnavailable(IntroducerError):
    """A platform did not answer a question that the request depends on."""


class FileLost(IntroducerError):
    """A file of a message could not be fetched; the text is a short code, never a name."""

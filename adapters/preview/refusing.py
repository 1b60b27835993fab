"""What the preview says no to: sentences with gaps, so that the page can say them in German."""

from __future__ import annotations

from adapters.preview.world import JSON


class Refused(Exception):
    """The page asked for something that is not there; the text is for the person.

    `given` fills the gaps of `text`, as `{name}`.
    """

    def __init__(self, text: str, **given: str | int) -> None:
        super().__init__(text.format(**given))
        self._text = text
        self._given = given

    def json(self) -> JSON:
        """The sentence, and what another language makes it from."""
        return {"refused": str(self), "words": self._text, "given": self._given}

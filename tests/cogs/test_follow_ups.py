"""Check-ins as people read them."""

from bot.domain.pairs import Said
from bot.services import pairs
from bot.ui.parts import Button, Look, Reply
from cogs.follow_ups.actions import ShowStatus
from tests.cogs.stage import Stage, plain, text


def pair(stage: Stage) -> str:
    """Host and Ana, who met."""
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    made = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.do(pairs.answer, village.now, ana, made.id, Said.MET)
    return made.code


def chosen(reply: Reply) -> list[str]:
    """Buttons that stand out."""
    found = [part for part in reply.parts if isinstance(part, Button) and part.look is Look.MAIN]
    return [plain(part.label) for part in found]


async def test_each_side_chooses_a_rhythm(stage: Stage) -> None:
    pair(stage)
    status = await stage.ask("Ana", ShowStatus())
    rhythm = await stage.press("Ana", status, "Rhythm")
    assert "every 5 weeks" in text(rhythm)
    assert chosen(rhythm) == []
    wished = await stage.press("Ana", rhythm, "4 weeks")
    assert wished.replaces
    assert chosen(wished) == ["4 weeks"]
    assert "every 5 weeks" in text(wished), "the other side has a say"
    theirs = await stage.press("Host", await stage.ask("Host", ShowStatus()), "Rhythm")
    assert chosen(theirs) == [], "what one side wished for is not shown to the other"
    agreed = await stage.press("Host", theirs, "4 weeks")
    assert "every 4 weeks" in text(agreed)

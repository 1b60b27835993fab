"""Files: uploads of the bot, uploads of people, downloads with and without the right."""

import aiohttp
import pytest

from tests.slack_server import ClientRefusal, SlackServer, Upload
from tests.slack_server.bricks import Client, field, modal, refused
from tests.slack_server.forms import MOST_FILE_BYTES


async def fetched(url: str, token: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


async def test_the_bot_shares_a_file_in_a_dm(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    channel = (await client.conversations_open(users=dana.id))["channel"]["id"]
    answer = await client.files_upload_v2(
        channel=channel, filename="session.ics", content="BEGIN", initial_comment="Your seat"
    )
    assert set(answer["files"][0]) == {"id", "title"}, "the answer tells no timestamp"
    message = await dana.gets_dm("Your seat")
    assert dana.words(message) == "Your seat\n[file session.ics]"
    assert slack.workspace.files[message.files[0]].content == b"BEGIN"
    info = (await client.files_info(file=message.files[0]))["file"]
    assert info["size"] == 5
    await client.files_delete(file=message.files[0])
    async with refused("file_deleted"):
        await client.files_info(file=message.files[0])
    slack.assert_requests_valid()


async def test_an_upload_takes_three_steps_in_order(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": begun["file_id"], "title": "a"}]
    async with refused("file_not_found"):
        await client.files_completeUploadExternal(files=files)
    async with aiohttp.ClientSession() as session:
        async with session.post(begun["upload_url"], data=b"four") as response:
            assert response.status == 400
        form = aiohttp.FormData()
        form.add_field("file", b"abc", filename="a.txt")
        async with session.post(begun["upload_url"], data=form) as response:
            assert await response.text() == "OK - 3"
        async with session.post(begun["upload_url"], data=b"abc") as response:
            assert response.status == 404
    for channel, error in (
        (dana.id, "channel_not_found"),
        (slack.channel("out", with_bot=False).id, "not_in_channel"),
    ):
        async with refused(error):
            await client.files_completeUploadExternal(files=files, channel_id=channel)
    await client.files_completeUploadExternal(files=files)
    async with refused("file_not_found"):
        await client.files_completeUploadExternal(files=files)
    async with refused("invalid_arguments"):
        await client.files_getUploadURLExternal(filename="a.txt", length=0)


async def test_who_may_fetch_a_persons_file(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    slack.channel("elsewhere", dana, with_bot=False)
    token = slack.workspace.bot_token
    shared = await dana.says("general", "look", files=[Upload("a.png", b"png", "image/png")])
    hidden = await dana.says("elsewhere", "look", files=[Upload("b.png", b"png")])
    urls = [
        slack.files.as_json(slack.workspace.files[message.files[0]])["url_private"]
        for message in (shared, hidden)
    ]
    assert await fetched(urls[0], token) == (200, "image/png", b"png")
    status, kind, body = await fetched(urls[1], token)
    assert (status, kind) == (200, "text/html")
    assert b"Sign in" in body
    assert (await fetched(urls[0], ""))[1] == "text/html"
    assert (await fetched(urls[0], "xoxb-else"))[1] == "text/html"
    slack.workspace.scopes.discard("files:read")
    assert (await fetched(urls[0], token))[1] == "text/html"
    assert len(slack.files.refused) == 4
    async with refused("file_not_found"):
        slack.workspace.scopes.add("files:read")
        await client.files_info(file=hidden.files[0])
    async with refused("cant_delete_file"):
        await client.files_delete(file=shared.files[0])


async def test_files_in_a_form(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    pictures = {"type": "file_input", "max_files": 2, "filetypes": ["png"]}
    trigger = slack.triggers.new(slack.workspace.id, dana.id)
    await client.views_open(trigger_id=trigger, view=modal("Case", field("pictures", pictures)))
    view = await dana.gets_form("Case")
    small = Upload("a.png", b"png")
    for wrong in (
        [small, small, small],
        [Upload("a.exe", b"x")],
        [Upload("a.png", b"x" * (MOST_FILE_BYTES + 1))],
    ):
        with pytest.raises(ClientRefusal):
            await dana.submit(view, {"pictures": wrong})
    await dana.choose(view, [small, small], block_id="pictures")
    held = view.values["pictures"]["value"]["files"]
    assert [each["mimetype"] for each in held] == ["image/png", "image/png"]
    token = slack.workspace.bot_token
    assert (await fetched(held[0]["url_private_download"], token))[2] == b"png"

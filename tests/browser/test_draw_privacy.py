"""Drawings stay with the person who made them: nothing leaves the page, and it needs no network once it is there."""

from pathlib import Path

from playwright.sync_api import Page, Request, expect

from browser.draw_page import DrawPage
from browser.test_draw_pad import CROSS, HOOK


def is_kept(request: Request) -> bool:
    """Return whether something is answered without the network."""
    if request.url.startswith(("blob:", "data:")):
        return True
    response = request.response()
    return response is not None and response.from_service_worker


def test_no_request_is_made_while_drawing_training_and_saving_and_all_works_offline(
    page: Page, address: str, complaints: list[str], tmp_path: Path
) -> None:
    requests: list[Request] = []
    sockets: list[str] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.context.on("request", note)
    page.on("websocket", lambda socket: sockets.append(socket.url))

    draw = DrawPage.opened(page, address)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    # What the page is made of: its own files, from its own address, asked for without any drawing.
    assert requests
    for request in requests:
        assert request.url.startswith((address, "blob:", "data:")), request.url
        assert request.method == "GET"
        assert request.post_data is None
        assert "?" not in request.url

    requests.clear()
    page.context.set_offline(True)
    draw.draw(CROSS)
    draw.train()
    draw.switch_mode()
    draw.draw(HOOK)
    draw.train(10)
    draw.say("X")
    draw.button("Hold out").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw.button("Share").click()
    expect(page.get_by_text("Link copied")).to_be_attached()
    draw.button("Play").click()
    expect(draw.number("epoch")).not_to_have_text("0")
    draw.button("Pause").click()
    page.get_by_label("Grid", exact=True).select_option("12 × 12")
    assert len(draw.bits) == 144
    for kind in ("JSON", "CSV", "NPZ"):
        draw.open_file(draw.saved(kind, tmp_path))
        expect(draw.notice).to_be_visible()
        draw.button("Dismiss").click()
    page.get_by_role("tab", name="Shapes").click()
    expect(page.locator("#answer")).to_contain_text("What the network says")
    page.get_by_role("tab", name="Draw").click()
    expect(draw.pad).to_be_visible()
    # What is loaded only now (how files of weights are read) comes from what the browser has kept, not from anywhere.
    assert [request.url for request in requests if not is_kept(request)] == []
    assert sockets == []

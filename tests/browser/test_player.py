"""The player of an animation in a browser without a network: it plays, pauses and is dragged."""

from typing import Any

from playwright.sync_api import Browser, Request, expect

from pellucid import Experiment, Run

STILL: dict[str, Any] = {"viewport": {"width": 1000, "height": 720}, "offline": True}


def test_the_player_of_an_animation_needs_no_network(browser: Browser) -> None:
    run = Run(Experiment(data={"samples": 60}))
    html = run.animate(3, frames=4, fps=20).to_jshtml()
    context = browser.new_context(**STILL, reduced_motion="no-preference")
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith("data:"):
            asked.append(request.url)

    page.on("request", ask)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_content(html)
    player = page.frame_locator("iframe")
    pause = player.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    expect(player.get_by_role("status")).not_to_have_text("1 / 4")
    pause.click()
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    player.get_by_role("slider", name="Frame").fill("0")
    first = player.get_by_role("img").get_attribute("src")
    player.get_by_role("slider", name="Frame").press("End")
    expect(player.get_by_text("4 / 4")).to_be_visible()
    assert player.get_by_role("img").get_attribute("src") != first
    loaded = "image => image.complete && image.naturalWidth"
    assert player.get_by_role("img").evaluate(loaded) == 900
    assert asked == []
    assert complaints == []
    context.close()


def test_who_wants_little_movement_starts_it(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=4).to_jshtml()
    context = browser.new_context(**STILL, reduced_motion="reduce")
    page = context.new_page()
    page.set_content(html)
    player = page.frame_locator("iframe")
    play = player.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    here = player.get_by_role("status").inner_text()
    page.wait_for_timeout(400)
    expect(player.get_by_role("status")).to_have_text(here)
    play.click()
    expect(player.get_by_role("status")).not_to_have_text(here)
    context.close()


def test_what_plays_once_ends_and_begins_anew(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=2, fps=0.5).to_jshtml(default_mode="once")
    context = browser.new_context(**STILL, reduced_motion="no-preference")
    page = context.new_page()
    page.set_content(html)
    player = page.frame_locator("iframe")
    player.get_by_role("slider", name="Frame").fill("1")
    expect(player.get_by_role("status")).to_have_text("2 / 2")
    play = player.get_by_role("button", name="Play")
    play.click()
    expect(player.get_by_role("status")).to_have_text("1 / 2")
    expect(play).to_be_visible(timeout=15_000)
    expect(player.get_by_role("status")).to_have_text("2 / 2")
    context.close()


def test_without_scripts_the_last_picture_is_seen(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=2).to_jshtml()
    context = browser.new_context(**STILL, java_script_enabled=False)
    page = context.new_page()
    page.set_content(html)
    image = page.frame_locator("iframe").get_by_role("img", name="A network while it trains, from epoch 0 to 3")
    expect(image).to_be_visible()
    context.close()

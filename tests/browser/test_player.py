"""The player of an animation in a browser without a network: it plays, pauses and is dragged."""

from typing import Any

from playwright.sync_api import Browser, Request, expect

from pellucid import Experiment, Run

FPS = 20

# Notes with an element whatever stands in it from now on, however briefly.
NOTE = """element => {
    element.seen = []
    new MutationObserver(() => element.seen.push(element.textContent)).observe(element, { childList: true })
}"""
STILL: dict[str, Any] = {"viewport": {"width": 1000, "height": 720}, "offline": True}


def test_the_player_of_an_animation_needs_no_network(browser: Browser) -> None:
    run = Run(Experiment(data={"samples": 60}))
    html = run.animate(3, frames=4, fps=FPS).to_jshtml()
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
    image = player.get_by_role("img")
    player.get_by_role("slider", name="Frame").fill("0")
    expect(player.get_by_text("1 / 4")).to_be_visible()
    first = image.get_attribute("src") or ""
    player.get_by_role("slider", name="Frame").press("End")
    expect(player.get_by_text("4 / 4")).to_be_visible()
    expect(image).not_to_have_attribute("src", first)
    expect(image).to_have_js_property("naturalWidth", 900)
    assert asked == []
    assert complaints == []
    context.close()


def test_who_wants_little_movement_starts_it(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=4, fps=FPS).to_jshtml()
    context = browser.new_context(**STILL, reduced_motion="reduce")
    page = context.new_page()
    page.set_content(html)
    player = page.frame_locator("iframe")
    play = player.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    here = player.get_by_role("status").inner_text()
    # A clock of the player's own would have struck before this one, however slow the machine is.
    player.get_by_role("status").evaluate("(_, wait) => new Promise(done => setTimeout(done, wait))", 4_000 // FPS)
    expect(player.get_by_role("status")).to_have_text(here)
    play.click()
    expect(player.get_by_role("status")).not_to_have_text(here)
    context.close()


def test_what_plays_once_ends_and_begins_anew(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=2, fps=FPS).to_jshtml(default_mode="once")
    context = browser.new_context(**STILL, reduced_motion="no-preference")
    page = context.new_page()
    page.set_content(html)
    player = page.frame_locator("iframe")
    player.get_by_role("slider", name="Frame").fill("1")
    status = player.get_by_role("status")
    expect(status).to_have_text("2 / 2")
    status.evaluate(NOTE)
    play = player.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    play.click()
    expect(status).to_have_js_property("seen", ["1 / 2", "2 / 2"])
    expect(play).to_be_visible()
    context.close()


def test_without_scripts_the_last_picture_is_seen(browser: Browser) -> None:
    html = Run(Experiment(data={"samples": 60})).animate(3, frames=2).to_jshtml()
    context = browser.new_context(**STILL, java_script_enabled=False)
    page = context.new_page()
    page.set_content(html)
    image = page.frame_locator("iframe").get_by_role("img", name="A network while it trains, from epoch 0 to 3")
    expect(image).to_be_visible()
    context.close()

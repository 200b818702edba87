"""Drawings stay: over reload, in the link, and where the browser keeps nothing at least for the session."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from browser.draw_page import DrawPage
from browser.test_draw_files import RING, bits_of_the_tray
from browser.test_draw_pad import CROSS, HOOK, LINE
from pellucid import Experiment, link, raster

KEEPS_NOTHING = "This browser does not let the page keep anything"
FULL = """Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"""
FORBIDDEN = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"""
)
MANY = 1_000


def make_something(draw: DrawPage) -> None:
    """Three drawings, a new name, a finer grid, and a drawing that is not finished."""
    for strokes, name in ((CROSS, "X"), (RING, "O"), (HOOK, "O")):
        draw.draw(strokes)
        draw.say(name)
    draw.button("Hold out").click()
    draw.button("Characters: X, O").click()
    draw.page.get_by_label("Name of character 2").fill("ring, or ✗")
    draw.page.keyboard.press("Enter")
    draw.page.keyboard.press("Escape")
    draw.page.get_by_label("Grid", exact=True).select_option("8 × 8")
    draw.draw(LINE)


def state(draw: DrawPage) -> dict[str, object]:
    """What a person sees of all that."""
    return {
        "labels": draw.labels,
        "held out": draw.tray.locator(".held").count(),
        "names": list(draw.answer),
        "grid": len(draw.bits),
        "mode": draw.mode,
        "pad": draw.bits,
        "tray": bits_of_the_tray(draw),
    }


def test_reload_keeps_drawings_names_and_what_is_not_finished(draw: DrawPage) -> None:
    make_something(draw)
    pad, labels = draw.bits, draw.labels
    # At once: nothing has time to wait for.
    draw.reloaded()
    expect(draw.notice).to_have_count(0)
    assert (draw.bits, draw.labels) == (pad, labels)
    before = state(draw)
    draw.reloaded()
    assert {**state(draw), "pad": ""} == {**before, "pad": ""}


def test_the_link_opens_the_same_in_another_browser(draw: DrawPage, elsewhere: Page, address: str) -> None:
    make_something(draw)
    draw.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw.button("Share").click()
    expect(draw.page.get_by_text("Link copied")).to_be_attached()
    copied: str = draw.page.evaluate("navigator.clipboard.readText()")
    there = DrawPage.opened(elsewhere, copied)
    assert there.bits.count("1") == 0
    assert {**state(there), "pad": "", "mode": ""} == {**state(draw), "pad": "", "mode": ""}
    for person in (draw, there):
        person.button("Epoch").click()
        expect(person.number("epoch")).to_have_text("1")
    assert [layer.tolist() for layer in there.parameters()] == [layer.tolist() for layer in draw.parameters()]
    # Python reads it too.
    experiment = link.decode(copied.partition("#")[2])
    assert experiment.data.class_names == ("X", "ring, or ✗")
    assert experiment.data.targets == (0, 1, 1)


def test_a_link_that_is_cut_short_or_wrong_gets_one_sentence_and_nothing_is_lost(draw: DrawPage) -> None:
    draw.draw(CROSS)
    draw.say("X")
    draw.draw(HOOK)
    pad = draw.bits
    whole = link.encode(Experiment.for_drawings([raster.text_of(RING)] * 2, [0, 1])).lstrip("#")
    eleven = ",".join(f"c{k}" for k in range(11))
    for broken, sentence in (
        (whole[: whole.index("drawings") + 12], "incomplete"),
        (whole[: whole.index("&names")], "incomplete"),
        (whole[:-1], "incomplete"),
        (whole.replace("drawings=", "drawings=!!"), "drawing"),
        (whole.replace("names=X,O", f"classes=11&names={eleven}"), "classes"),
        (whole.replace("names=X,O", "names=X,"), "class_names"),
        (whole.replace("&names", "&grid=7&names"), "grid"),
        (whole.replace("targets=0,1", "targets=0,5"), "targets"),
        (whole.replace("targets=0,1", "targets=0"), "targets"),
    ):
        draw.page.evaluate("link => { location.hash = link }", broken)
        expect(draw.notice, broken).to_contain_text(sentence)
        draw.button("Dismiss").click()
        expect(draw.notice).to_have_count(0)
    assert draw.labels == ["X"]
    assert draw.bits == pad
    draw.reloaded()
    assert draw.labels == ["X"]


def test_somebodys_link_takes_the_place_of_my_drawings_only_until_undo(draw: DrawPage, address: str) -> None:
    draw.draw(CROSS)
    draw.say("X")
    expect(draw.page).to_have_url(re.compile("drawings="))
    theirs = link.encode(Experiment.for_drawings([raster.text_of(RING)] * 2, [0, 1])).lstrip("#")
    draw.page.evaluate("link => { location.hash = link }", theirs)
    expect(draw.thumbnails).to_have_count(2)
    expect(draw.notice).to_contain_text("Undo brings yours back")
    draw.undo()
    assert draw.labels == ["X"]


@pytest.mark.parametrize("trouble", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_where_nothing_can_be_kept_one_sentence_is_said_and_the_session_goes_on(
    page: Page, address: str, complaints: list[str], trouble: str
) -> None:
    page.add_init_script(trouble)
    page.goto(address)
    draw = DrawPage(page)
    # It goes by itself after a while, which may be before the room is ready.
    expect(draw.notice).to_contain_text(KEEPS_NOTHING)
    draw.button("Dismiss").click()
    page.get_by_role("tab", name="Draw").click()
    draw.ready()
    draw.draw(CROSS)
    draw.train()
    draw.switch_mode()
    draw.draw(RING)
    draw.train()
    assert draw.labels == ["X", "O"]
    expect(draw.notice).to_have_count(0)


def thousand() -> bytes:
    """A file with a thousand drawings, a tenth of them held out."""
    texts = [raster.text_of(raster.by_hand("XO"[number % 2], number)) for number in range(MANY)]
    experiment = Experiment.for_drawings(texts, [number % 2 for number in range(MANY)])
    whole = experiment.replace("data.held_out", list(range(0, MANY, 10)))
    return json.dumps(whole.model_dump(mode="json")).encode()


# Done when the picture with what has come into view is there.
SCROLL = """(tray, top) => new Promise(done => {
    tray.scrollTop = top
    requestAnimationFrame(() => requestAnimationFrame(done))
})"""


def worked(page: CDPSession) -> float:
    """Milliseconds that the page has computed so far, without what its thread has waited for a processor."""
    metrics = {metric["name"]: metric["value"] for metric in page.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def test_a_thousand_drawings_are_opened_kept_trained_and_scrolled(
    draw: DrawPage, record_property: Callable[[str, object], None]
) -> None:
    draw.open_file({"name": "many.json", "mimeType": "application/json", "buffer": thousand()})
    expect(draw.notice).to_contain_text("drawings of many.json are in the tray now")
    draw.reloaded()
    assert draw.counts == {"X": 500, "O": 500}
    draw.button("Epoch").click()
    expect(draw.number("epoch")).to_have_text("1")
    assert draw.value("train-accuracy") > 95
    assert draw.value("test-accuracy") > 90
    draw.draw(HOOK)
    draw.train()
    expect(draw.thumbnail(MANY + 1)).to_be_visible()

    session = draw.page.context.new_cdp_session(draw.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    took = []
    for top in range(0, 12_000, 300):
        before = worked(session)
        draw.tray.evaluate(SCROLL, top)
        took.append(worked(session) - before)
        # Only those in view are there at all.
        assert draw.thumbnails.count() < 150
    record_property("work while scrolling, ms", took)
    assert 0 < max(took) < 200

"""JupyterLab shows the page's rooms, many on one notebook, and Python has what has become of them, to the last bit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from pellucid import Experiment, Run
from widget.book import Book, Room, write_notebook

BEGIN = "import pandas\nfrom pellucid import Experiment, Playground, Run"
STATE = "print(playground.run.updates, playground.run.weights_sha256)"
SHOW = "playground = Playground()\nplayground"
AGAIN = "playground  # again"
GOES_ON = "run = playground.run\nrun.step(7)\nprint(run.updates, run.weights_sha256)"
TWO = "one, two = Playground(), Playground(data={'kind': 'circles'})\ndisplay(one, two)"
BOTH = "print(one.updates, two.updates, one.experiment.data.kind, two.experiment.data.kind)"
WATCH = (
    "seen = []\nplayground.observe(lambda change: seen.append(change.new.network.hidden[0].units), names='experiment')"
)
SEEN = "print(seen, playground.experiment.network.hidden[0].units)"
ASSIGN = "playground.experiment = playground.experiment.replace('training.learning_rate', 0.03)"
WIDER = "playground.experiment = playground.experiment.replace('network.hidden.0.units', 6)"
TRAINED = "trained = Run(Experiment(data={'kind': 'xor'}))\ntrained.step(123)\nplayground.run = trained"
DRAW = "drawn = Playground(Experiment.for_drawings())\ndrawn"
DRAWN = "print(drawn.samples.tolist(), drawn.labels.tolist(), drawn.run.weights_sha256)"
FRAME = (
    "frame = pandas.DataFrame({'height': [150., 160, 175, 190] * 5, 'weight': [50., 62, 70, 95] * 5,"
    " 'size': ['small', 'small', 'large', 'large'] * 5})\nframed = Playground(frame, y='size')\nframed"
)
CLOSE = "playground.close()"
IS_JUST_BELOW = """elements => {
    const [sheet, button] = elements.map(element => element.getBoundingClientRect().y)
    return 0 < sheet - button && sheet - button < 100
}"""
CELLS = [BEGIN, SHOW, STATE, GOES_ON, AGAIN, TWO, BOTH, WATCH, SEEN, ASSIGN, WIDER, TRAINED, DRAW, DRAWN, FRAME, CLOSE]


@pytest.fixture(scope="module")
def book(context: BrowserContext, server: tuple[str, str], notebooks: Path) -> Iterator[Book]:
    write_notebook(notebooks / "lab.ipynb", CELLS)
    address, access = server
    page = context.new_page()
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(f"{address}lab/tree/lab.ipynb?{access}&reset")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    book = Book(page, CELLS)
    book.run(BEGIN)
    yield book
    page.close()
    assert heard == []


@pytest.fixture
def room(book: Book) -> Iterator[Room]:
    """The default experiment in a room, from its start."""
    yield book.show(SHOW)
    book.run(CLOSE)


def native(updates: int, experiment: Experiment | None = None) -> str:
    """Return what the cell prints of a run that was trained here."""
    run = Run(experiment or Experiment())
    run.step(updates)
    return f"{updates} {run.weights_sha256}"


def test_what_is_trained_in_the_room_is_the_same_network_in_python(book: Book, room: Room) -> None:
    assert book.printed(STATE) == native(0)
    room.button("Step").click()
    room.button("Ten updates").click()
    expect(room.number("updates")).to_have_text("11")
    book.printed_when(STATE, lambda text: text == native(11))
    assert book.printed(GOES_ON) == native(18)

    room.button("Play").click()
    expect(room.number("epoch")).not_to_have_text("0")
    # While it plays, Python hears of it as well.
    book.printed_when(STATE, lambda text: int(text.split()[0]) > 11)
    room.button("Pause").click()
    text = book.printed_when(STATE, lambda text: int(text.split()[0]) == room.updates())
    assert text == native(int(text.split()[0]))


def test_rooms_on_one_notebook_do_not_influence_each_other(book: Book) -> None:
    book.run(TWO)
    one, two = (Room(book.cell(TWO).locator(".pellucid").nth(place)).ready() for place in (0, 1))
    two.button("Step").click()
    one.button("Ten updates").click()
    expect(one.number("updates")).to_have_text("10")
    expect(two.number("updates")).to_have_text("1")
    book.printed_when(BOTH, lambda text: text == "10 1 moons circles")
    two.button("Appearance").click()
    near, sheet = two.button("Appearance"), two.place.get_by_text("Theme", exact=True)
    book.page.wait_for_function(IS_JUST_BELOW, arg=[sheet.element_handle(), near.element_handle()])
    two.place.get_by_text("Dark", exact=True).click()
    expect(two.host).to_have_attribute("data-theme", "dark")
    expect(one.host).to_have_attribute("data-theme", "light")
    book.page.keyboard.press("Escape")


def test_keys_in_a_room_are_for_the_room_and_others_for_the_notebook(book: Book, room: Room) -> None:
    count = book.cells.count()
    room.place.get_by_role("heading", name="Network", exact=True).click()
    for key in ["s", "a", "b", "x", "d", "d"]:
        book.page.keyboard.press(key)
    expect(room.number("updates")).to_have_text("1")
    expect(room.place.get_by_label("Seed of the data")).to_have_value("2")  # "d" is for new data
    assert book.cells.count() == count

    book.select(STATE)
    book.page.keyboard.press("s")
    book.page.keyboard.press("b")  # a cell below
    expect(book.cells).to_have_count(count + 1)
    book.page.keyboard.press("d")
    book.page.keyboard.press("d")
    expect(book.cells).to_have_count(count)
    expect(room.number("updates")).to_have_text("1")


def test_an_experiment_that_is_assigned_is_shown_and_one_that_is_set_is_observed(book: Book, room: Room) -> None:
    book.run(WATCH)
    room.button("Step").click()
    expect(room.number("updates")).to_have_text("1")
    book.run(ASSIGN)
    expect(room.place.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.03")
    # Trained weights are kept where they fit.
    book.printed_when(STATE, lambda text: text == native(1))
    book.run(WIDER)
    expect(room.header).to_contain_text("2, 6, 3, 1")
    expect(room.number("updates")).to_have_text("0")

    room.button("Undo").first.click()
    expect(room.header).to_contain_text("2, 4, 3, 1")
    book.printed_when(SEEN, lambda text: text == "[4, 6, 4] 4")


def test_a_run_that_is_assigned_is_shown_where_it_is(book: Book, room: Room) -> None:
    book.run(TRAINED)
    expect(room.number("updates")).to_have_text("123")
    assert book.printed(STATE) == native(123, Experiment(data={"kind": "xor"}))
    room.button("Step").click()
    book.printed_when(STATE, lambda text: text == native(124, Experiment(data={"kind": "xor"})))


def test_a_room_that_is_shown_again_is_where_it_was(book: Book, room: Room) -> None:
    room.button("Ten updates").click()
    expect(room.number("updates")).to_have_text("10")
    other = book.show(AGAIN)
    expect(other.number("updates")).to_have_text("10")
    other.button("Step").click()
    expect(room.number("updates")).to_have_text("11")
    book.printed_when(STATE, lambda text: text == native(11))

    # Nobody shows it, then somebody does again.
    for source in (SHOW, AGAIN):
        book.select(source)
        book.choose("Edit", "Clear Cell Output")
        expect(book.cell(source).locator(".pellucid")).to_have_count(0)
    again = book.show(AGAIN)
    expect(again.number("updates")).to_have_text("11")
    again.button("Step").click()
    book.printed_when(STATE, lambda text: text == native(12))


def test_the_room_for_drawings_draws_learns_and_gives_them_to_python(book: Book) -> None:
    room = book.show(DRAW)
    pad = room.place.get_by_test_id("pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    mouse = book.page.mouse
    for (x1, y1), (x2, y2) in (((0.2, 0.2), (0.8, 0.8)), ((0.8, 0.2), (0.2, 0.8))):
        mouse.move(box["x"] + x1 * box["width"], box["y"] + y1 * box["height"])
        mouse.down()
        mouse.move(box["x"] + x2 * box["width"], box["y"] + y2 * box["height"], steps=4)
        mouse.up()
    room.button("Train as X").click()
    expect(room.number("updates")).to_have_text("1")
    samples, labels, _ = book.printed_when(DRAWN, lambda text: not text.startswith("[] [] ")).rsplit(" ", 2)
    bitmap = [[1, 0, 0, 0, 0, 1], [0, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 0]]
    assert json.loads(samples) == [bitmap + bitmap[::-1]]
    assert labels == "[0]"


def test_a_data_frame_is_shown_with_the_names_of_its_columns(book: Book) -> None:
    room = book.show(FRAME)
    for name in ("height", "weight", "small", "large"):
        expect(room.place.locator("#answer").get_by_text(name).locator("visible=true").first).to_be_visible()


def test_the_look_follows_the_notebook(book: Book, room: Room, screenshots: Path) -> None:
    room.place.screenshot(path=screenshots / "jupyterlab-light.png")
    for theme in ("Dark", "Light"):
        book.choose("Settings", "Theme", f"JupyterLab {theme}")
        expect(room.host).to_have_attribute("data-theme", theme.lower())
        if theme == "Dark":
            room.place.screenshot(path=screenshots / "jupyterlab-dark.png")


def test_a_room_that_nobody_can_see_waits(book: Book, room: Room) -> None:
    book.run(DRAW)
    room.button("Play").click()
    expect(room.number("epoch")).not_to_have_text("0")
    book.cells.last.scroll_into_view_if_needed()
    before, now = -1, room.updates()
    for _ in range(50):
        if before == now:
            break
        book.page.wait_for_timeout(300)
        before, now = now, room.updates()
    assert before == now
    room.place.scroll_into_view_if_needed()
    expect(room.number("updates")).not_to_have_text(room.number("updates").inner_text())


def test_the_worker_ends_with_the_room(book: Book) -> None:
    before = book.page.workers
    room = book.show(SHOW)
    (its,) = [worker for worker in book.page.workers if worker not in before]
    with its.expect_event("close"):
        book.run(CLOSE)
    expect(room.place).to_have_count(0)

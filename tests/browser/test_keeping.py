"""Nothing that a person made is lost: reload, link, undo; and a broken link does no harm."""

from playwright.sync_api import Page, expect

from browser.rest import be_still, stop_time
from browser.shapes_page import ShapesPage

CHANGED = "#data=circles&noise=0.3&hidden=5&activation=relu&learning_rate=0.03"


def test_reload_keeps_what_was_set(shapes: ShapesPage) -> None:
    shapes.button("More units in hidden layer 1").click()
    shapes.page.get_by_text("Decision").click()
    shapes.page.wait_for_url("**/#*hidden=5,3*")
    shapes.page.reload()
    expect(shapes.header).to_contain_text("37 parameters")
    expect(shapes.page.get_by_role("radio", name="Decision")).to_be_checked()


def test_the_link_holds_the_experiment_in_readable_words(shapes: ShapesPage) -> None:
    shapes.page.locator("label").filter(has=shapes.page.get_by_role("radio", name="Circles:")).click()
    shapes.page.wait_for_url("**/#*data=circles*")


def test_the_same_link_gives_the_same_weights_to_another_person(
    shapes: ShapesPage, elsewhere: Page, address: str
) -> None:
    here = ShapesPage.opened(shapes.page, address, CHANGED)
    shapes.page.reload()
    there = ShapesPage.opened(elsewhere, address, CHANGED)
    for person in (here, there):
        expect(person.header).to_contain_text("21 parameters · ReLU")
        for epoch in range(1, 6):
            person.button("Epoch").click()
            expect(person.number("epoch")).to_have_text(str(epoch))
    assert here.parameters() == there.parameters()
    assert here.value("train-loss") == there.value("train-loss")


def test_share_copies_the_link(shapes: ShapesPage) -> None:
    shapes.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shapes.button("More units in hidden layer 2").click()
    be_still(shapes.page)
    # It is said for a few seconds only.
    stop_time(shapes.page)
    shapes.button("Share").click()
    expect(shapes.page.get_by_text("Link copied")).to_be_attached()
    assert "hidden=4,4" in shapes.page.evaluate("navigator.clipboard.readText()")


def test_undo_brings_back_the_trained_network(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(20)
    trained = shapes.parameters()
    shapes.button("Remove hidden layer 2").click()
    expect(shapes.number("epoch")).to_have_text("0")
    shapes.page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(shapes.unit(2, 2)).to_be_visible()
    expect(shapes.number("epoch")).not_to_have_text("0")
    assert shapes.parameters() == trained
    shapes.button("Redo").click()
    expect(shapes.unit(3, 0)).to_have_count(0)


def test_a_link_cut_in_half_says_so_in_one_sentence_and_the_page_works(page: Page, address: str) -> None:
    page.goto(address + "#data=moo")
    notice = page.get_by_role("status").filter(has_text="moo")
    # It goes by itself after some seconds, but not from under the pointer.
    notice.hover()
    shapes = ShapesPage(page)
    expect(shapes.header).to_contain_text("31 parameters")
    shapes.button("Dismiss").click()
    expect(notice).to_have_count(0)


def test_a_broken_link_leaves_an_experiment_under_way_as_it_is(shapes: ShapesPage) -> None:
    shapes.button("Epoch").click()
    shapes.page.evaluate("location.hash = '#learning_rate=fast'")
    expect(shapes.page.get_by_role("status").filter(has_text="learning_rate")).to_be_visible()
    expect(shapes.number("epoch")).to_have_text("1")


def test_a_run_that_diverges_stops_and_offers_the_way_back(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#data=plane&activation=linear&learning_rate=10")
    shapes.button("Play").click()
    trouble = shapes.page.get_by_role("alert").filter(has_text="Training has diverged")
    expect(trouble).to_contain_text("learning rate")
    shapes.button("Go back to the last good moment").click()
    expect(trouble).to_have_count(0)
    expect(shapes.number("train-loss")).not_to_have_text("NaN")
    expect(shapes.button("Play")).to_have_attribute("aria-disabled", "false")

"""A person looks inside: walks through an update, asks where numbers came from, and nudges weights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import pellucid.engine
from browser.draw_page import DrawPage
from browser.inside_panel import Expected, InsidePanel, stops
from browser.native_account import RESULT, NativeAccount, figure
from browser.rest import be_still, stop_time
from browser.shapes_page import ShapesPage
from browser.test_accessibility import violations
from pellucid import Experiment, Run, link, raster

ENGINE = Path(pellucid.engine.__file__).parent
SMALL = Experiment().replace("network.hidden", [{"units": 3, "activation": "tanh"}])
"""2-3-1."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def drawings() -> Experiment:
    """Three of each, in hands of their own; 36-3-2."""
    texts = [raster.text_of(raster.by_hand(name, seed)) for seed in range(3) for name in "XO"]
    experiment = Experiment.for_drawings(texts, [0, 1] * 3)
    return experiment.replace("network.hidden", [{"units": 3, "activation": "tanh"}])


@pytest.fixture
def small(page: Page, address: str, complaints: list[str]) -> ShapesPage:
    """A network of 2-3-1 after ten updates."""
    shapes = ShapesPage.opened(page, address, link.encode(SMALL))
    page.keyboard.press("t")
    expect(shapes.number("updates")).to_have_text("10")
    return shapes


@pytest.fixture
def drawn(page: Page, address: str, complaints: list[str]) -> DrawPage:
    """A network of 36-3-2 after a pass over six drawings."""
    draw = DrawPage.opened(page, address, link.encode(drawings()))
    page.keyboard.press("e")
    expect(draw.number("updates")).to_have_text("6")
    return draw


@pytest.fixture
def inside(small: ShapesPage) -> InsidePanel:
    """The panel on 2-3-1, opened by its key."""
    return opened(small.page)


def opened(page: Page) -> InsidePanel:
    page.keyboard.press("i")
    panel = InsidePanel(page)
    expect(panel.title).to_be_visible()
    return panel


def native(experiment: Experiment, updates: int) -> Run:
    run = Run(experiment)
    run.step(updates)
    return run


def walk(panel: InsidePanel, expected: Expected) -> None:
    """Go through a whole update and back by arrow keys, and read every number on the way."""
    way = stops(expected.widths)
    for stop in way:
        expected.check(panel, stop)
        panel.page.keyboard.press("ArrowRight")
    for stop in reversed(way):
        expected.check(panel, stop)
        panel.page.keyboard.press("ArrowLeft")
    expected.check(panel, way[0])


class TestAWholeUpdateByKeyboard:
    """Every number on the screen is the engine's, forwards and backwards."""

    def test_on_the_next_batch_of_points(self, small: ShapesPage) -> None:
        account = NativeAccount(native(SMALL, 10))
        assert len(account.record("gradient", 0, 0, 0)) == 4 + 4 * 10
        walk(opened(small.page), Expected(account, ["Output"], shows_bitmap=False))

    def test_on_one_point_alone(self, small: ShapesPage) -> None:
        run = native(SMALL, 10)
        panel = opened(small.page)
        panel.whole.get_by_text("One point", exact=True).click()
        panel.whole.get_by_label("Number of the point").fill("8")
        panel.page.keyboard.press("Enter")
        panel.body.focus()
        walk(panel, Expected(NativeAccount(run, sample=7), ["Output"], shows_bitmap=False))

    def test_on_a_drawing(self, drawn: DrawPage) -> None:
        account = NativeAccount(native(drawings(), 6))
        walk(opened(drawn.page), Expected(account, ["Output for X", "Output for O"], shows_bitmap=True))


class TestAWalk:
    def test_goes_by_buttons_and_says_where_it_is(self, inside: InsidePanel) -> None:
        bar = inside.whole.get_by_role("progressbar")
        expect(bar).to_have_attribute("aria-label", "Step 1 of 19 of the update")
        expect(inside.button("Back")).to_have_attribute("aria-disabled", "true")
        inside.button("On").click()
        expect(inside.title).to_have_text("Unit 1 of hidden layer 1")
        expect(bar).to_have_attribute("aria-label", "Step 2 of 19 of the update")
        inside.button("Back").click()
        expect(inside.title).to_have_text("What the network sees")

    def test_goes_by_stages(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Stage").select_option(label="δ of hidden layer")
        expect(inside.title).to_have_text("δ of unit 1 of hidden layer 1")
        inside.body.focus()
        inside.page.keyboard.press("ArrowDown")
        expect(inside.title).to_have_text("Gradients of the output")
        inside.page.keyboard.press("ArrowUp")
        expect(inside.title).to_have_text("δ of unit 1 of hidden layer 1")
        inside.whole.get_by_label("Stage").select_option(label="After the update")
        expect(inside.button("On")).to_have_attribute("aria-disabled", "true")

    def test_goes_by_itself_until_it_is_stopped(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Pace").select_option("fast")
        stop_time(inside.page)
        inside.button("Walk by itself").click()
        inside.page.clock.run_for(1000)
        expect(inside.title).to_have_text("Unit 1 of hidden layer 1")
        inside.page.clock.run_for(900)
        expect(inside.title).to_have_text("Unit 2 of hidden layer 1")
        inside.button("Stop walking").click()
        inside.page.clock.run_for(5000)
        expect(inside.title).to_have_text("Unit 2 of hidden layer 1")

    def test_shows_which_way_the_values_travel(self, inside: InsidePanel) -> None:
        edges = inside.page.locator("#network path[pathLength]")
        inside.page.keyboard.press("ArrowRight")
        expect(edges).to_have_count(2)
        expect(edges.first).not_to_have_class(re.compile("backward"))
        inside.whole.get_by_label("Stage").select_option(label="δ of hidden layer")
        expect(edges).to_have_count(1)
        expect(edges.first).to_have_class(re.compile("backward"))
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        expect(edges).to_have_count(3)
        be_still(inside.page)
        numbers = inside.page.get_by_test_id("edge-number")
        shown = [float(text.replace("−", "-")) for text in numbers.all_inner_texts()]
        gradients = inside.body.locator("td.result").first
        assert shown[0] == pytest.approx(float(gradients.inner_text().replace("−", "-")), abs=6e-4)
        assert len(shown) == 3

    def test_stands_still_for_those_who_prefer_it(self, inside: InsidePanel) -> None:
        inside.page.keyboard.press("ArrowRight")
        expect(inside.page.locator("#network path[pathLength]").first).to_be_visible()
        moves = """() => document.querySelector('#network path[pathLength]').getAnimations()
            .some(each => each.effect.getComputedTiming().duration > 100)"""
        assert not inside.page.evaluate(moves)
        inside.page.emulate_media(reduced_motion="no-preference")
        inside.page.wait_for_function(moves)


class TestThePanel:
    def test_opens_and_closes_by_key_and_gives_the_focus_back(self, small: ShapesPage) -> None:
        panel = InsidePanel(small.page)
        small.button("Step").focus()
        opened(small.page)
        small.page.keyboard.press("ArrowRight")
        expect(panel.title).to_have_text("Unit 1 of hidden layer 1")
        small.page.keyboard.press("Escape")
        expect(panel.whole).to_have_count(0)
        expect(small.button("Step")).to_be_focused()
        small.page.keyboard.press("i")
        expect(panel.title).to_have_text("Unit 1 of hidden layer 1")
        small.page.keyboard.press("i")
        expect(panel.whole).to_have_count(0)

    def test_opens_and_closes_by_button(self, small: ShapesPage) -> None:
        toggle = small.button("Look inside")
        toggle.click()
        expect(toggle).to_have_attribute("aria-pressed", "true")
        panel = InsidePanel(small.page)
        panel.button("Close").click()
        expect(panel.whole).to_have_count(0)
        expect(toggle).to_be_focused()

    def test_leaves_the_focus_to_who_goes_from_room_to_room(self, inside: InsidePanel) -> None:
        inside.page.get_by_role("tab", name="Shapes").focus()
        for name, key in (("Draw", "ArrowRight"), ("Shapes", "ArrowLeft")):
            inside.page.keyboard.press(key)
            expect(inside.page.get_by_role("tab", name=name)).to_be_focused()
        expect(inside.title).to_be_visible()
        expect(inside.page.get_by_role("tab", name="Shapes")).to_be_focused()

    def test_keeps_its_keys_when_what_was_pressed_is_gone(self, inside: InsidePanel) -> None:
        inside.page.keyboard.press("ArrowRight")
        inside.button("Its δ").click()
        expect(inside.title).to_have_text("δ of unit 1 of hidden layer 1")
        inside.page.keyboard.press("Backspace")
        expect(inside.title).to_have_text("Unit 1 of hidden layer 1")

    def test_leads_from_number_to_number_and_back(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Stage").select_option(label="δ of hidden layer")
        inside.section("∂L/∂a, handed back by the next layer").locator("td button").first.click()
        expect(inside.title).to_have_text(re.compile("Weight from.*h 1, 1.*to.*y hat", re.DOTALL))
        inside.button("Back").click()
        expect(inside.title).to_have_text("What the network sees")

    def test_has_a_trail(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Stage").select_option(label="Output")
        inside.section("Pre-activation z").locator("td button").nth(1).click()
        expect(inside.title).to_have_text(re.compile(r"Unit \d of hidden layer 1"))
        unit = inside.title.inner_text()
        inside.button("Its δ").click()
        trail = inside.whole.locator(".trail button")
        expect(trail).to_have_text(["Output", unit])
        trail.nth(1).click()
        expect(inside.title).to_have_text(unit)
        expect(trail).to_have_text(["Output"])
        inside.page.keyboard.press("Backspace")
        expect(inside.title).to_have_text("Output")
        expect(trail).to_have_count(0)

    def test_is_of_the_unit_that_is_pressed(self, inside: InsidePanel) -> None:
        ShapesPage(inside.page).unit(1, 2).click()
        expect(inside.title).to_have_text("Unit 3 of hidden layer 1")
        ShapesPage(inside.page).unit(0, 1).click()
        expect(inside.title).to_have_text("What the network sees")

    def test_is_of_the_point_that_is_pressed(self, inside: InsidePanel) -> None:
        number = inside.whole.get_by_label("Number of the point")
        inside.whole.get_by_text("One point", exact=True).click()
        number.fill("17")
        number.press("Enter")
        inputs = [figure(x, RESULT) for x in native(SMALL, 10).points[16]]
        expect(inside.body.get_by_test_id("input")).to_have_text(inputs)
        box = inside.page.get_by_test_id("looked").bounding_box()
        assert box is not None
        inside.whole.get_by_text("Next batch", exact=True).click()
        expect(inside.body.get_by_test_id("input")).not_to_have_text(inputs)
        inside.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(inside.whole.get_by_role("radio", name="One point")).to_be_checked()
        expect(inside.body.get_by_test_id("input")).to_have_text(inputs)

    def test_is_of_the_drawing_that_is_pressed(self, drawn: DrawPage) -> None:
        panel = opened(drawn.page)
        drawn.thumbnail(3).click()
        expect(panel.whole.get_by_role("radio", name="One drawing")).to_be_checked()
        expect(panel.whole.get_by_label("Number of the drawing")).to_have_value("3")
        on = int(raster.rasterize(raster.by_hand("X", 1)).sum())
        expect(panel.body).to_contain_text(f"{on} of 36 pixels are on")

    def test_is_of_the_edge_that_is_pressed(self, small: ShapesPage) -> None:
        start, end = small.unit(1, 1).bounding_box(), small.unit(2, 0).bounding_box()
        assert start is not None
        assert end is not None
        across = (start["x"] + start["width"] + end["x"]) / 2
        down = (start["y"] + start["height"] / 2 + end["y"] + end["height"] / 2) / 2
        small.page.mouse.click(across, down)
        small.button("Account").click()
        panel = InsidePanel(small.page)
        expect(panel.title).to_have_text(re.compile("Weight from.*h 1, 2.*to.*y hat", re.DOTALL))
        expect(panel.section("Nudge it")).to_be_visible()

    def test_says_where_loss_and_accuracy_come_from(self, small: ShapesPage) -> None:
        run = native(SMALL, 10)
        panel = InsidePanel(small.page)
        small.number("train-loss").click()
        expect(panel.title).to_have_text("Training loss")
        expect(panel.result("Training loss")).to_have_text(figure(run.loss, RESULT))
        largest = panel.body.locator("tbody tr").first
        expect(largest.locator("td")).to_have_text(figure(max(losses(run))))
        largest.get_by_role("button").click()
        expect(panel.title).to_have_text("Loss of the sample")
        expect(panel.result("Loss L")).to_have_text(figure(max(losses(run)), RESULT))
        small.number("test-accuracy").click()
        assert run.test_accuracy is not None
        expect(panel.result("Test accuracy")).to_have_text(figure(run.test_accuracy, RESULT))

    def test_long_sums_open_whole(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        rows = inside.section("Gradient").locator("tbody tr")
        expect(rows).to_have_count(5)
        inside.button("All 10 terms").click()
        expect(rows).to_have_count(10)
        shares = [float(text.replace("−", "-")) for text in rows.locator("td:last-child").all_inner_texts()]
        assert shares == sorted(shares, key=abs, reverse=True)
        inside.button("Only the 5 largest").click()
        expect(rows).to_have_count(5)


def losses(run: Run) -> list[float]:
    """Return the loss of each training sample."""
    found: list[float] = run._block.array("SAMPLE_LOSSES")[: run.train_samples].tolist()
    return found


class TestTheSource:
    def test_stands_beside_the_number_with_its_line_marked(self, inside: InsidePanel) -> None:
        inside.page.keyboard.press("ArrowRight")
        for section, line in ((0, "first += W[i, j] * x_i"), (1, "a[k] = tanh(z[k])")):
            figure_ = inside.body.locator("section").nth(section).locator("figure")
            current = figure_.locator("[aria-current=step]")
            expect(current).to_have_count(1)
            expect(current).to_contain_text(line)
            self.check(figure_.locator("figcaption").inner_text(), figure_.locator(".line").all_inner_texts())
            figure_.get_by_role("button", name="Whole function").click()
            whole = figure_.locator(".line").all_inner_texts()
            assert "def " in whole[0]
            self.check(figure_.locator("figcaption").inner_text(), whole)

    @staticmethod
    def check(caption: str, lines: list[str]) -> None:
        """Compare lines, each with its number before it, with the file that is compiled."""
        name = re.match(r"\w+\.py", caption)
        assert name is not None
        source = (ENGINE / name[0]).read_text(encoding="utf-8").splitlines()
        for line in lines:
            number, text = re.match(r"(\d+)(.*)", line).groups()  # type: ignore[union-attr]
            assert text.strip() == source[int(number) - 1].strip()


class TestCopying:
    def test_gives_latex(self, inside: InsidePanel) -> None:
        inside.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        inside.page.keyboard.press("ArrowRight")
        copy = inside.section("Activation a").get_by_role("button", name="Copy as LaTeX")
        copy.click()
        expect(copy).to_have_text("Copied")
        record = NativeAccount(native(SMALL, 10)).record("activation", 0, 0).tolist()
        text = inside.page.evaluate("navigator.clipboard.readText()")
        z, a = figure(record[1]), figure(record[0], RESULT)
        assert re.sub(r" +", " ", text).replace("-", "−") == f"a = \\tanh ( z ) = \\tanh ( {z} ) = {a}"

    def test_that_is_refused_says_so(self, inside: InsidePanel) -> None:
        inside.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
        inside.page.keyboard.press("ArrowRight")
        copy = inside.section("Activation a").get_by_role("button", name="Copy as LaTeX")
        copy.click()
        expect(copy).to_have_text("Refused")


class TestNudging:
    def test_finds_the_gradient(self, inside: InsidePanel) -> None:
        account = NativeAccount(native(SMALL, 10))
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        inside.button("Nudge this weight").click()
        section = inside.section("Nudge it")
        for epsilon in (0.01, 0.1):
            section.get_by_label("ε, exactly").fill(str(epsilon))
            section.get_by_label("ε, exactly").press("Enter")
            nudge = account.nudge(1, 0, 0, epsilon)
            here, low, high = (figure(value, RESULT) for value in nudge[:3])
            expect(section.locator("td")).to_have_text([low, here, high, figure(nudge[3], 5), figure(nudge[4], 5)])
            assert nudge[3] == pytest.approx(nudge[4], rel=0.02)

    def test_shows_the_loss_along_the_weight(self, inside: InsidePanel) -> None:
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        inside.button("Nudge this weight").click()
        expect(inside.body.locator("figcaption").filter(has_text="loss along this parameter")).to_be_visible()
        canvas = inside.section("Nudge it").locator("canvas")
        painted = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
        be_still(inside.page)
        assert canvas.evaluate(painted)


ROOT = """root => root.getBoundingClientRect().width - root.firstElementChild.getBoundingClientRect().width"""
OPTIMISERS = {"momentum": 3, "rmsprop": 3, "adam": 6}


@pytest.mark.parametrize(("optimizer", "equations"), OPTIMISERS.items())
def test_an_optimiser_shows_what_it_remembers(
    page: Page, address: str, complaints: list[str], optimizer: str, equations: int
) -> None:
    experiment = SMALL.replace("training.optimizer", optimizer)
    shapes = ShapesPage.opened(page, address, link.encode(experiment))
    page.keyboard.press("t")
    expect(shapes.number("updates")).to_have_text("10")
    panel = opened(page)
    panel.whole.get_by_label("Stage").select_option(label="Step of the output")
    record = NativeAccount(native(experiment, 10)).record("step", 1, 0, 0)
    section = panel.section("Step of the optimiser")
    expect(section.get_by_test_id("result")).to_have_text(figure(record[0], RESULT))
    expect(section.get_by_role("button", name="Copy as LaTeX")).to_have_count(equations)
    expect(section.locator("[aria-current=step]")).to_have_count(equations)
    roots = section.locator("msqrt").all()
    assert len(roots) == (0 if optimizer == "momentum" else 2)
    assert all(root.evaluate(ROOT) > 4 for root in roots)


@pytest.mark.parametrize(
    ("regularizer", "stage", "words"), [("l1", "Step of the output", "L1"), ("l2", "Gradients of the output", "L2")]
)
def test_a_regularisation_has_its_part(
    page: Page, address: str, complaints: list[str], regularizer: str, stage: str, words: str
) -> None:
    training = SMALL.replace("training.regularizer", regularizer).replace("training.regularization_rate", 0.03)
    ShapesPage.opened(page, address, link.encode(training))
    page.keyboard.press("t")
    panel = opened(page)
    panel.whole.get_by_label("Stage").select_option(label=stage)
    kind = "step" if regularizer == "l1" else "gradient"
    record = NativeAccount(native(training, 10)).record(kind, 1, 0, 0)
    expect(panel.body.get_by_test_id("result")).to_have_text(figure(record[0], RESULT))
    expect(panel.body.locator("section").first).to_contain_text(words)


def test_values_are_live_while_it_trains(inside: InsidePanel) -> None:
    inside.page.keyboard.press("ArrowRight")
    result = inside.result("Pre-activation z")
    result.evaluate(
        """result => {
            window.seen = new Set()
            new MutationObserver(() => window.seen.add(result.textContent))
                .observe(result, { childList: true, characterData: true, subtree: true })
        }"""
    )
    inside.page.keyboard.press("Space")
    inside.page.wait_for_function("() => window.seen.size > 5")
    inside.page.keyboard.press("Space")


def test_a_run_that_diverged_has_no_next_update(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#data=plane&activation=linear&learning_rate=10")
    shapes.button("Play").click()
    expect(shapes.button("Go back to the last good moment")).to_be_visible()
    page.keyboard.press("i")
    panel = InsidePanel(page)
    expect(panel.whole).to_contain_text("The run has diverged: there is no next update.")
    shapes.button("Go back to the last good moment").click()
    expect(panel.title).to_be_visible()


def test_an_empty_tray_has_nothing_to_look_into(draw: DrawPage) -> None:
    draw.page.keyboard.press("i")
    panel = InsidePanel(draw.page)
    expect(panel.whole).to_contain_text("There is nothing to learn from yet.")
    panel.button("Close").click()
    expect(draw.pad).to_be_visible()


def test_a_smaller_network_or_set_keeps_an_account(inside: InsidePanel) -> None:
    shapes = ShapesPage(inside.page)
    shapes.unit(1, 2).click()
    inside.whole.get_by_text("One point", exact=True).click()
    inside.whole.get_by_label("Number of the point").fill("200")
    inside.page.keyboard.press("Enter")
    inside.page.goto(inside.page.url.split("#")[0] + "#hidden=2&samples=100")
    expect(inside.title).to_have_text("What the network sees")
    expect(inside.whole.get_by_role("radio", name="Next batch")).to_be_checked()


class TestForEverybody:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("stage", ["Hidden layer", "Loss", "Gradients of the output", "After the update"])
    def test_axe_finds_nothing_in_shapes(self, inside: InsidePanel, theme: str, stage: str) -> None:
        inside.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        inside.whole.get_by_label("Stage").select_option(label=stage)
        assert violations(inside.page) == []

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_axe_finds_nothing_at_a_parameter(self, inside: InsidePanel, theme: str) -> None:
        inside.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        inside.button("Nudge this weight").click()
        assert violations(inside.page) == []

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_axe_finds_nothing_in_draw(self, drawn: DrawPage, theme: str) -> None:
        drawn.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        panel = opened(drawn.page)
        assert violations(drawn.page) == []
        panel.button("On").click()
        assert violations(drawn.page) == []

    def test_a_telephone_holds_it(self, inside: InsidePanel) -> None:
        inside.page.set_viewport_size({"width": 360, "height": 740})
        for stop in stops([2, 3, 1]):
            be_still(inside.page)
            expect(inside.title).to_be_visible()
            assert inside.page.evaluate(OVERFLOW) == 0, stop
            inside.page.keyboard.press("ArrowRight")

    def test_text_twice_as_large_still_fits(self, inside: InsidePanel) -> None:
        browser = inside.page.context.new_cdp_session(inside.page)
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        inside.whole.get_by_label("Stage").select_option(label="Gradients of the output")
        for width in (1440, 720, 640):
            inside.page.set_viewport_size({"width": width, "height": 800})
            be_still(inside.page)
            assert inside.page.evaluate(OVERFLOW) == 0

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
    def test_it_is_pictured(self, inside: InsidePanel, screenshots: Path, theme: str, width: int, height: int) -> None:
        inside.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        inside.page.set_viewport_size({"width": width, "height": height})
        inside.whole.get_by_label("Stage").select_option(label="Output")
        inside.whole.scroll_into_view_if_needed()
        expect(inside.title).to_be_in_viewport()
        inside.page.screenshot(path=screenshots / f"inside-{width}-{theme}.png")

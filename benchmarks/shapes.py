"""The room of shapes while it trains 2-8-8-8-1 on 500 points at full speed: its frames, and its epochs meanwhile."""

import statistics

from playwright.sync_api import Page

from benchmarks.browser import browser_and_address, missing
from benchmarks.page import START_AND_WATCH, WATCH_FRAMES
from benchmarks.report import Row, verdict
from pellucid import Experiment, link

WATCHED_SECONDS = 8.0
TYPICAL, SLOW, EPOCHS = 17.0, 33.0, 2_000.0

EPOCH = "() => Number(document.querySelector('[data-testid=epoch]').textContent.replace(/\\s/g, ''))"


def rows() -> list[Row]:
    """Open the page, train at full speed for a while and return what was measured."""
    if reason := missing():
        return [("2-8-8-8-1 on 500 points", reason, "", "")]
    with browser_and_address() as (browser, address):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(START_AND_WATCH)
        page.goto(address + link.encode(_experiment()), wait_until="commit")
        page.evaluate("globalThis.firstStep")
        page.get_by_label("Speed").select_option("fastest")
        times, moments, epochs = _watch(page)
    typical, slow = statistics.median(times), statistics.quantiles(times, n=20)[18]
    seconds = sum(times) / 1000
    return [
        (
            "median frame, 2-8-8-8-1 at full speed, 500 points",
            f"{typical:.1f} ms",
            "≤ 17 ms",
            verdict(typical, TYPICAL),
        ),
        ("95th percentile of the frames", f"{slow:.1f} ms", "≤ 33 ms", verdict(slow, SLOW)),
        ("moments shown a second, every tile anew", f"{moments / seconds:.1f}", "", ""),
        ("epochs a second meanwhile", f"{epochs / seconds:,.0f}", "≥ 2,000", verdict(EPOCHS, epochs / seconds)),
    ]


def _experiment() -> Experiment:
    experiment = Experiment().replace("data.kind", "circles").replace("data.samples", 500)
    return experiment.replace("network.hidden", [{"units": 8}] * 3)


def _watch(page: Page) -> tuple[list[float], int, float]:
    """Return the milliseconds between frames, and how many moments were shown and epochs trained meanwhile."""
    page.wait_for_timeout(1000)
    before = page.evaluate(EPOCH)
    watched = page.evaluate(WATCH_FRAMES, WATCHED_SECONDS)
    return watched["times"], watched["moments"], page.evaluate(EPOCH) - before

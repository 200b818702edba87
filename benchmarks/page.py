"""The page in Chromium: what it loads, how soon it trains, and whether its frames keep coming."""

import statistics
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, Response

from benchmarks.browser import browser_and_address, missing
from benchmarks.report import Row, verdict

OPENINGS = 5
LOOK_INSIDE = ("i", "ArrowRight")
"""Keys that open the account of the first hidden unit."""
WATCHED_SECONDS = 5.0
SETTLING = 500
"""Milliseconds for what a key has opened."""

# Runs before the page's own scripts: presses Play as soon as it is there, promises the time at which the worker's
# first message after an update arrives, and counts the moments of training that the worker shows.
START_AND_WATCH = """
globalThis.moments = 0;
globalThis.firstStep = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('the page did not train within 15 s')), 15_000);
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (!(data?.frame?.updates > 0)) return;
        resolve(performance.now());
        globalThis.moments += 1;
      });
    }
  };
});
globalThis.firstStep.catch(() => {});
requestAnimationFrame(function look() {
  const buttons = [...document.querySelectorAll('button:not(:disabled, [aria-disabled=true])')];
  const play = buttons.find((button) => (button.ariaLabel ?? button.textContent).trim() === 'Play');
  if (play) play.click();
  else requestAnimationFrame(look);
});
"""

WATCH_FRAMES = """
(seconds) => new Promise((resolve) => {
  const times = [];
  let last = null;
  const start = performance.now();
  const moments = globalThis.moments;
  requestAnimationFrame(function next(now) {
    if (last !== null) times.push(now - last);
    last = now;
    if (now - start < 1000 * seconds) requestAnimationFrame(next);
    else resolve({ times, moments: globalThis.moments - moments });
  });
})
"""


def rows() -> list[Row]:
    """Open the page and watch it, if it is built and there is a browser."""
    if reason := missing():
        return [("the page", reason, "", "")]
    with browser_and_address() as (browser, address):
        openings = [_open(browser, address) for _ in range(OPENINGS)]
        plain = _watch_frames(browser, address)
        looking = _watch_frames(browser, address, LOOK_INSIDE)
    first_step = statistics.median(seconds for seconds, _ in openings)
    kilobytes = openings[0][1] / 1000
    return [
        ("loaded on opening, as sent, fonts apart", f"{kilobytes:.0f} kB", "≤ 400 kB", verdict(kilobytes, 400)),
        ("from opening to the first training step seen", f"{first_step:.2f} s", "≤ 1 s", verdict(first_step, 1)),
        *_frame_rows("while training, 1440 × 900", *plain),
        *_frame_rows("while training and looking inside", *looking),
    ]


def _frame_rows(when: str, frames: list[float], moments: int) -> list[Row]:
    typical, slow = statistics.median(frames), statistics.quantiles(frames, n=100)[98]
    late = sum(each > 1.5 * typical for each in frames) / len(frames)
    seconds = sum(frames) / 1000
    rate = len(frames) / seconds
    return [
        (f"frames a second {when}", f"{rate:.1f}", "60", verdict(59, rate)),
        ("moments of training shown a second", f"{moments / seconds:.1f}", "", ""),
        ("frame times: median, 99th percentile, share late", f"{typical:.1f} ms, {slow:.1f} ms, {late:.1%}", "", ""),
    ]


def _open(browser: Browser, address: str) -> tuple[float, int]:
    """Open the page as one who was never there; return seconds to the first step and bytes loaded."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sent: dict[str, int] = {}

    def note(response: Response) -> None:
        # What came over the wire; Chromium itself counts no bytes for a worker's script.
        if response.request.resource_type != "font":
            sent[response.url] = max(sent.get(response.url, 0), int(response.headers.get("content-length", 0)))

    page.on("response", note)
    seconds = _until_training(page, address)
    page.wait_for_load_state("networkidle")
    context.close()
    return seconds, sum(sent.values())


def _until_training(page: Page, address: str) -> float:
    page.add_init_script(START_AND_WATCH)
    page.goto(address, wait_until="commit")
    return float(page.evaluate("globalThis.firstStep")) / 1000


def _watch_frames(browser: Browser, address: str, keys: Sequence[str] = ()) -> tuple[list[float], int]:
    """Return the milliseconds between the frames of some seconds of training, and how many moments of it were shown.

    Before that, keys are pressed.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    _until_training(page, address)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(SETTLING)
    watched = page.evaluate(WATCH_FRAMES, WATCHED_SECONDS)
    page.close()
    return watched["times"], watched["moments"]

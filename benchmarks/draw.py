"""The room of drawings at its largest, 28 × 28 pixels and 128 hidden units: how soon the picture follows the pen.

The pen's movements are real input events, at random moments between two frames. Each is followed from its own time
stamp to the end of the frame in which the page has drawn it: the wait for the frame, scripts, layout and painting,
but not the compositor and the screen.
"""

import itertools
import random
import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from benchmarks.browser import browser_and_address, missing
from benchmarks.report import Row, verdict
from pellucid import Experiment, link, raster

KEPT = 60
LATENCY_SECONDS = 8.0
FRAME = 1 / 60
GOAL = 16.0
DROPPED = 50.0

# Follows every movement of the pen until each picture has been drawn anew and the frame with it is done.
FOLLOW = """
() => {
  const parts = { pad: false, fitted: false, bits: false, answer: false };
  let waiting = [];
  let asked = false;
  const { port1, port2 } = new MessageChannel();
  globalThis.followed = [];
  port1.onmessage = () => {
    const now = performance.now();
    for (const event of waiting) {
      for (const part in parts) if (parts[part]) event[part] ??= now - event.time;
    }
    for (const part in parts) parts[part] = false;
  };
  // A message that is posted in an animation frame is delivered when the frame is done.
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; port2.postMessage(null); });
  };
  addEventListener('pointermove', (event) => {
    if (event.buttons === 0) return;
    const { timeStamp: time } = event;
    // What has not changed by the next movement has nothing to show of this one.
    waiting = waiting.filter((before) => performance.now() - before.time < 500 && before.pad === undefined);
    const entry = { time, begun: performance.now() };
    waiting.push(entry);
    globalThis.followed.push(entry);
    ask();
  }, { capture: true });
  const canvases = new Map();
  for (const canvas of document.querySelectorAll('[data-testid=pad] canvas')) canvases.set(canvas, 'pad');
  canvases.set(document.querySelector('[data-testid=fitted]'), 'fitted');
  for (const method of ['stroke', 'fill']) {
    const { [method]: original } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype[method] = function (...args) {
      const part = canvases.get(this.canvas);
      if (part !== undefined) parts[part] = true;
      return original.apply(this, args);
    };
  }
  const watch = (selector, part) =>
    new MutationObserver(() => { parts[part] = true; ask(); }).observe(document.querySelector(selector), {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
  watch('[data-testid=bits]', 'bits');
  watch('#answer ul', 'answer');
}
"""

WATCH_FRAMES = """
() => {
  globalThis.frames = { gaps: [], long: [] };
  new PerformanceObserver((list) => globalThis.frames.long.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: 'long-animation-frame' });
  let last = null;
  requestAnimationFrame(function next(now) {
    if (last !== null) globalThis.frames.gaps.push(now - last);
    last = now;
    requestAnimationFrame(next);
  });
}
"""


@dataclass(frozen=True)
class Latencies:
    """Milliseconds to the end of the frame that shows a movement of the pen."""

    pictures: list[float]
    """From the movement to the frame with all of the pictures."""
    answer: list[float]
    """From the movement to the frame with the answer."""
    work: list[float]
    """From the moment at which the page is told of the movement to the frame with all of the pictures."""


def rows(seconds: float = 60.0) -> list[Row]:
    """Open the room and draw for a while, first at rest, then while it trains; return what was measured."""
    if reason := missing():
        return [("the pen at 28 × 28", reason, "", "")]
    with browser_and_address() as (browser, address):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address + link.encode(_experiment()))
        expect(page.get_by_role("button", name="Play", exact=True)).to_have_attribute("aria-disabled", "false")
        page.evaluate(FOLLOW)
        at_rest = _latencies(page)
        page.get_by_role("button", name="Play", exact=True).click()
        training = _latencies(page)
        page.get_by_role("button", name="Pause", exact=True).click()
        gaps, long = _frames(page, seconds)
    return [
        *_latency_rows("at rest", at_rest),
        *_latency_rows("while training", training),
        _dropped_row(f"frames longer than {DROPPED:.0f} ms in {seconds:.0f} s of drawing and training", gaps),
        _dropped_row("the same by the browser's long animation frames", long),
    ]


def _experiment() -> Experiment:
    texts = [raster.text_of(raster.by_hand("XO"[number % 2], number)) for number in range(KEPT)]
    experiment = Experiment.for_drawings(texts, [number % 2 for number in range(KEPT)])
    return experiment.replace("data.grid", 28).replace("network.hidden", [{"units": 128}])


def _latencies(page: Page) -> Latencies:
    """Draw for some seconds and return how soon the pictures and the answer showed each movement."""
    page.evaluate("() => { globalThis.followed = [] }")
    _draw(page, LATENCY_SECONDS)
    followed = page.evaluate("globalThis.followed")
    shown = [each for each in followed if "pad" in each and "fitted" in each]
    pictures = [max(each[part] for part in ("pad", "fitted", "bits") if part in each) for each in shown]
    return Latencies(
        pictures,
        [each["answer"] for each in followed if "answer" in each],
        [latency - (each["begun"] - each["time"]) for latency, each in zip(pictures, shown, strict=True)],
    )


def _frames(page: Page, seconds: float) -> tuple[list[float], list[float]]:
    """Draw, Train and Play in turn; return the times between frames and the browser's own long animation frames."""
    page.evaluate(WATCH_FRAMES)
    end = time.monotonic() + seconds
    turn = itertools.count()
    while time.monotonic() < end:
        _draw(page, 1.5, seed=1_000 + next(turn))
        page.get_by_role("button", name="Train as").click()
        page.get_by_role("button", name="Play", exact=True).click()
        page.get_by_role("button", name="Next to draw").click()
    frames = page.evaluate("globalThis.frames")
    return frames["gaps"], frames["long"]


def _draw(page: Page, seconds: float, seed: int = 0) -> None:
    """Draw characters as hands write them, one upon the other; the moments of the movements are not those of frames."""
    moments = random.Random(seed)  # noqa: S311 (nothing secret)
    box = page.get_by_test_id("pad").bounding_box()
    if box is None:
        raise RuntimeError("the pad is not on the page")
    end = time.monotonic() + seconds
    for number in itertools.count(seed):
        for stroke in raster.by_hand("XO8"[number % 3], number):
            places = [
                (box["x"] + x / 512 * box["width"], box["y"] + y / 512 * box["height"]) for x, y in stroke.tolist()
            ]
            page.mouse.move(*places[0])
            page.mouse.down()
            for place in places[1:]:
                time.sleep(moments.uniform(0, FRAME))
                page.mouse.move(*place)
            page.mouse.up()
        if time.monotonic() > end:
            return
        page.keyboard.press("c")


def _latency_rows(when: str, latencies: Latencies) -> list[Row]:
    return [
        _latency_row(f"28 × 28, 128 units, {when}: from the pen to the pictures", latencies.pictures, GOAL),
        _latency_row("of that, after the browser has told the page", latencies.work),
        _latency_row("from the pen to the answer", latencies.answer),
    ]


def _latency_row(name: str, times: list[float], goal: float | None = None) -> Row:
    if len(times) < 2:
        return name, "not measured: nothing moved", "", ""
    typical, slow = statistics.median(times), statistics.quantiles(times, n=100)[98]
    shown = f"{typical:.1f} ms, 99th percentile {slow:.1f} ms"
    return name, shown, "" if goal is None else f"≤ {goal:.0f} ms", verdict(typical, goal)


def _dropped_row(name: str, times: list[float]) -> Row:
    dropped = [each for each in times if each > DROPPED]
    longest = f", longest {max(dropped):.0f} ms" if dropped else ""
    return name, f"{len(dropped)}{longest}", "none", verdict(len(dropped), 0)

"""Many seeds in Chromium: how long 100 starts of the default setting take, from the press to the last result."""

import statistics

from benchmarks.browser import browser_and_address, missing
from benchmarks.report import Row, verdict

ROUNDS = 5

# Presses the button as a visitor does, and waits for the sentence that tells of all starts.
PRESS = """
() => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('the starts were not trained within 60 s')), 60_000);
  const buttons = [...document.querySelectorAll('button')];
  const named = (name) => buttons.find((button) => (button.ariaLabel ?? button.firstChild?.data ?? '').trim() === name);
  const begun = performance.now();
  named('Many seeds').click();
  requestAnimationFrame(function look() {
    const told = document.querySelector('dialog [role=status]')?.textContent ?? '';
    if (told.includes('100 starts:')) resolve((performance.now() - begun) / 1000);
    else requestAnimationFrame(look);
  });
})
"""


def rows() -> list[Row]:
    """Train 100 starts for 200 epochs in a fresh page, several times."""
    if reason := missing():
        return [("many seeds", reason, "", "")]
    with browser_and_address() as (browser, address):
        times, cores = [], 0
        for _ in range(ROUNDS):
            page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            page.goto(address)
            page.locator("button[aria-disabled=false]", has_text="Many seeds").wait_for()
            times.append(float(page.evaluate(PRESS)))
            cores = int(page.evaluate("() => navigator.hardwareConcurrency"))
            page.close()
    seconds = statistics.median(times)
    what = f"many seeds: 100 starts × 200 epochs, {cores} cores"
    return [(what, f"{seconds:.2f} s", "≤ 2 s", verdict(seconds, 2))]

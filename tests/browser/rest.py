"""Whether the page has caught up with what was done to it, so that tests read it then, however slow the machine is."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

# Counts what the page and its workers say to each other (web/src/engine/protocol.ts). A worker's numbers are on the
# screen once a frame has come that was asked for after the last change, and a run that rests has nothing under way.
WATCH = """(() => {
    if (window.rest) return
    const workers = new Set()
    const pointer = { x: NaN, y: NaN }
    addEventListener('pointermove', ({ clientX, clientY }) => Object.assign(pointer, { x: clientX, y: clientY }), true)

    window.Worker = class extends Worker {
        commands = 0
        changes = 0
        asked = null
        shown = 0
        plays = false

        constructor(...how) {
            super(...how)
            workers.add(this)
            this.addEventListener('message', ({ data }) => this.hear(data))
        }
        postMessage(message, ...rest) {
            super.postMessage(message, ...rest)
            if (message.type === 'command') this.commands++
            if (message.type === 'view' || message.type === 'account') this.changes++
            if (message.type === 'frame') {
                this.asked = this.changes
                this.plays = message.playing
            }
        }
        hear(message) {
            if ('id' in message) this.commands--
            if (message.type === 'answer') this.changes++
            if (message.type !== 'frame') return
            this.shown = this.asked
            this.asked = null
            if (message.frame.place.travelling) this.changes++
        }
        terminate() {
            workers.delete(this)
            super.terminate()
        }
        caughtUp(playing) {
            const rests = playing || (this.asked === null && !this.plays)
            return this.commands === 0 && this.shown >= this.changes && rests
        }
    }
    const caughtUp = () => {
        const playing = document.querySelector('button[aria-label=Pause]') !== null
        return [...workers].every(worker => worker.caughtUp(playing))
    }
    const still = () => caughtUp() && document.fonts.status === 'loaded'
    let looks = 0
    window.rest = {
        caughtUp,
        // It is looked at before every picture. Sizes are measured, and what follows from them is asked for, with the
        // picture after a change.
        isStill: () => {
            looks = still() ? looks + 1 : 0
            if (looks < 3) return false
            looks = 0
            return true
        },
        isPointedAt: ([x, y]) => Math.abs(pointer.x - x) <= 1 && Math.abs(pointer.y - y) <= 1,
    }
})()"""


def watch(place: BrowserContext | Page) -> None:
    """Let the other functions know of whatever is opened there from now on."""
    place.add_init_script(WATCH)


def catch_up(page: Page) -> None:
    """Wait until the numbers on the page are those of what was done last; of a run that goes on, of its present."""
    page.wait_for_function("() => rest.caughtUp()")


def be_still(page: Page) -> None:
    """Wait until the pictures on the page are those of what was done last, in their final size."""
    page.wait_for_function("() => rest.isStill()")


def point(page: Page, x: float, y: float) -> None:
    """Move the mouse, and wait until the page has heard of it and shows what it says of the place."""
    page.mouse.move(x, y)
    page.wait_for_function("place => rest.isPointedAt(place)", arg=[x, y])


def stop_time(page: Page) -> None:
    """Let time pass on the page only by `page.clock.run_for`, and on its own again after `page.clock.resume`."""
    page.clock.install(time=0)
    page.clock.pause_at(1_000)

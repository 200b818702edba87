"""Fingers and pens for the tests: pointers that Playwright itself has none of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from playwright.sync_api import Page

Point = tuple[float, float]
TouchEvent = Literal["touchStart", "touchMove", "touchEnd", "touchCancel"]


class Fingers:
    """Fingers on the screen; each has a number."""

    def __init__(self, page: Page) -> None:
        self._browser = page.context.new_cdp_session(page)
        self._down: dict[int, Point] = {}

    def put(self, point: Point, finger: int = 0) -> None:
        self._down[finger] = point
        self._send("touchStart")

    def move(self, point: Point, finger: int = 0) -> None:
        self._down[finger] = point
        self._send("touchMove")

    def lift(self, finger: int = 0) -> None:
        del self._down[finger]
        self._send("touchEnd")

    def cancel(self) -> None:
        """The system takes the fingers away, as for a gesture of its own."""
        self._down.clear()
        self._send("touchCancel")

    def draw(self, points: Sequence[Point]) -> None:
        first, *rest = points
        self.put(first)
        for point in rest:
            self.move(point)
        self.lift()

    def _send(self, event: TouchEvent) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in self._down.items()]
        self._browser.send("Input.dispatchTouchEvent", {"type": event, "touchPoints": points})


class Pen:
    """A pen as of a drawing tablet."""

    def __init__(self, page: Page) -> None:
        self._browser = page.context.new_cdp_session(page)

    def draw(self, points: Sequence[Point]) -> None:
        first, *rest = points
        self._send("mousePressed", first)
        for point in rest:
            self._send("mouseMoved", point)
        self._send("mouseReleased", points[-1])

    def _send(self, event: str, point: Point) -> None:
        pressed = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": "pen", "force": 0.5}
        self._browser.send("Input.dispatchMouseEvent", {"type": event, "x": point[0], "y": point[1], **pressed})

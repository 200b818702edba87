"""A small player of pictures as HTML: all in one piece, without a request to anywhere."""

import base64
from html import escape
from string import Template

from pellucid.plots.colours import Theme

MODES = ("loop", "once", "reflect")
"""What follows the last picture: the first, nothing, or the way back."""

CONTROLS = 44
"""Height of the row of controls, in pixels of the page."""

DOCUMENT = Template("""<!doctype html>
<meta charset="utf-8">
<style>
  html { color-scheme: $scheme; background: $card; }
  body { display: flex; flex-direction: column; height: 100vh; margin: 0; font: 13px system-ui, sans-serif; }
  img { flex: 1; width: 100%; min-height: 0; object-fit: contain; }
  div { display: flex; flex: none; gap: 10px; align-items: center; height: ${controls}px; padding: 0 12px; }
  button { width: 32px; height: 32px; padding: 0; border: 1px solid $hairline; border-radius: 50%; background: none; }
  button { color: $ink; font-size: 12px; cursor: pointer; }
  button:focus-visible, input:focus-visible { outline: 2px solid $glow; outline-offset: 2px; }
  input { flex: 1; accent-color: $ink; }
  output { min-width: 5em; color: $soft; text-align: right; font-variant-numeric: tabular-nums; }
</style>
<img alt="$label" src="data:image/$kind;base64,$last">
<div hidden>
  <button type="button"></button><input type="range" min="0" max="$end" value="0" aria-label="Frame"><output></output>
</div>
<script>
  const pictures = $pictures;
  const mode = "$mode";
  const [image, row, button, range, output] =
    ["img", "div", "button", "input", "output"].map((name) => document.querySelector(name));
  const end = pictures.length - 1;
  let timer = 0, place = 0, way = 1;
  function show(next) {
    place = next;
    image.src = "data:image/$kind;base64," + pictures[place];
    range.value = place;
    output.value = place + 1 + " / " + pictures.length;
  }
  function play(on) {
    clearInterval(timer);
    timer = on ? setInterval(advance, $interval) : 0;
    button.textContent = on ? "❚❚" : "▶";
    button.setAttribute("aria-label", on ? "Pause" : "Play");
  }
  function advance() {
    if (mode === "reflect" && (place + way > end || place + way < 0)) way = -way;
    if (mode === "once" && place === end) return play(false);
    show((place + way + pictures.length) % pictures.length);
  }
  button.onclick = () => {
    if (!timer && mode === "once" && place === end) show(0);
    play(!timer);
  };
  range.oninput = () => { play(false); show(Number(range.value)); };
  row.hidden = end === 0;
  show(0);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  still.onchange = () => { if (still.matches) play(false); };
  play(end > 0 && !still.matches);
</script>
""")


def player(
    pictures: list[bytes], kind: str, size: tuple[int, int], fps: float, mode: str, theme: Theme, label: str
) -> str:
    """Return HTML that plays pictures, in a frame of its own.

    Where scripts do not run, it shows the last picture. It begins by itself, unless the reader wants little movement.

    Parameters
    ----------
    pictures : list of bytes
        The frames.
    kind : str
        Their format: png or webp.
    size : (int, int)
        Width and height of the pictures, in pixels of the page.
    fps : float
        Pictures a second.
    mode : {"loop", "once", "reflect"}
        What follows the last picture: the first, nothing, or the way back.
    theme : Theme
        The colours of the controls.
    label : str
        What is seen, for readers of the screen.
    """
    encoded = [base64.b64encode(picture).decode("ascii") for picture in pictures]
    document = DOCUMENT.substitute(
        pictures="[" + ",".join(f'"{each}"' for each in encoded) + "]",
        last=encoded[-1],
        kind=kind,
        end=len(pictures) - 1,
        interval=round(1000 / fps),
        mode=mode,
        label=escape(label),
        controls=CONTROLS,
        scheme="dark" if theme.card < "#8" else "light",
        card=theme.card,
        hairline=theme.outline,
        ink=theme.ink,
        soft=theme.soft,
        glow=theme.glow,
    )
    width, height = size[0], size[1] + CONTROLS
    style = f"display:block;width:100%;max-width:{width}px;aspect-ratio:{width}/{height};border:0"
    return (
        f'<iframe title="{escape(label)}" sandbox="allow-scripts" style="{style}" srcdoc="{escape(document)}"></iframe>'
    )

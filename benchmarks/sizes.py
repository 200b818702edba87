"""How large the engine and the page are, as built."""

import gzip
from pathlib import Path

from benchmarks.field import ENGINE
from benchmarks.report import Row, verdict

SITE = Path(__file__).parents[1] / "src" / "pellucid" / "site"
COMPRESSED = (".br", ".gz")
FONTS = (".woff2", ".woff", ".ttf")


def rows() -> list[Row]:
    """Measure the files that are there."""
    found: list[Row] = []
    engine = ENGINE / "engine.wasm"
    if engine.exists():
        kilobytes = engine.stat().st_size / 1000
        found.append(("engine.wasm", f"{kilobytes:.1f} kB", "≤ 64 kB", verdict(kilobytes, 64)))
        found.append(("engine.wasm, compressed", f"{_compressed(engine) / 1000:.1f} kB", "", ""))
    if (SITE / "index.html").exists():
        files = [file for file in SITE.rglob("*") if file.is_file() and file.suffix not in COMPRESSED + FONTS]
        kilobytes = sum(map(_compressed, files)) / 1000
        found.append(
            ("the page's files, compressed, fonts apart", f"{kilobytes:.0f} kB", "≤ 400 kB", verdict(kilobytes, 400))
        )
    return found


def _compressed(file: Path) -> int:
    """Return the bytes of the smallest form that a server can send: the one beside the file, or by gzip."""
    beside = [file.with_name(file.name + ending) for ending in COMPRESSED]
    return min([each.stat().st_size for each in beside if each.exists()] or [len(gzip.compress(file.read_bytes(), 9))])

"""What a browser may do with the page and how long it keeps the files: told by the server, and by other hosts."""

from pathlib import PurePath

HEADERS = {
    # 'wasm-unsafe-eval' lets WebAssembly be compiled, and no text be run.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What the page needs in order to work, and nothing beyond."""

HASHED = "assets"
"""The folder of the files whose names change with what they hold."""

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


def cache_control(file: PurePath) -> str:
    """
    Return how long a browser may keep a file of the page.

    Parameters
    ----------
    file : PurePath
        The file.

    Returns
    -------
    str
        For good if its name changes with what it holds; otherwise the browser asks first whether it is still the same.

    Examples
    --------
    >>> from pathlib import Path
    >>> cache_control(Path("index.html"))
    'no-cache'
    """
    return FOR_GOOD if file.parent.name == HASHED else ASK_FIRST


def headers_file() -> str:
    """
    Return the same rules as a file ``_headers``, which Netlify, Cloudflare Pages and others read.

    Returns
    -------
    str
        A path on each line, and below it, indented, its headers. The paths begin at the root of the host.
    """
    rules = {"/*": HEADERS, f"/{HASHED}/*": {"Cache-Control": FOR_GOOD}}
    # Rules that meet add up, so that these name their files one by one.
    rules |= {path: {"Cache-Control": ASK_FIRST} for path in ("/", "/index.html", "/service-worker.js")}
    return "".join(
        path + "\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in rules.items()
    )

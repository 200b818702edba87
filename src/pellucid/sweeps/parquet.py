"""Results as Parquet, a format that cannot be appended to.

While a sweep runs its rows are lines of CSV in a journal beside the Parquet file, ``NAME.rows.csv``. From time to time
and at the end the Parquet file is written anew from the journal and put in place in one go; then the journal goes.
"""

from pathlib import Path

from pellucid.errors import StateError
from pellucid.extras import need
from pellucid.saved import replacing, text_of
from pellucid.sweeps.table import INTEGERS, OUTCOMES, TEXTS, csv_lines, rows_in, typed


def check() -> None:
    """Refuse to begin where Parquet cannot be written."""
    need("pyarrow", "A results file in Parquet")


def write(journal: Path, parquet: Path) -> None:
    """Write a Parquet file with the rows of a journal, each run once.

    Raises
    ------
    StateError
        When it cannot be written; the file that was there is as it was.
    """
    pyarrow = need("pyarrow", "A results file in Parquet")
    header, rows = rows_in(text_of(journal), journal)
    rows = list({row[header.index("key")]: row for row in rows}.values())
    columns = {name: typed(name, [row[place] for row in rows]) for place, name in enumerate(header)}
    types = {name: _type(name, pyarrow) for name in columns}
    arrays = {name: pyarrow.array(cells, types[name]) for name, cells in columns.items()}
    with replacing(parquet) as beside:
        need("pyarrow.parquet", "A results file in Parquet").write_table(pyarrow.table(arrays), beside)


def lines_of(parquet: Path) -> str:
    """Return the rows of a Parquet file as a journal has them.

    Raises
    ------
    StateError
        When it is no Parquet file of results.
    """
    pyarrow = need("pyarrow", "A results file in Parquet")
    try:
        table = need("pyarrow.parquet", "A results file in Parquet").read_table(parquet)
    except (OSError, pyarrow.ArrowException):
        raise StateError(f"The file {str(parquet)!r} cannot be read as Parquet; choose another file.") from None
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return csv_lines([table.column_names, *rows])


def _type(name: str, pyarrow: object) -> object:
    """Return the type of a column that results always have; of settings that vary it is found from the values."""
    if name not in OUTCOMES and name != "key":
        return None
    kind = "string" if name in TEXTS else "int64" if name in INTEGERS else "float64"
    return getattr(pyarrow, kind)()

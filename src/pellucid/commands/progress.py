"""A bar on standard error while a run is trained, where a person can see it."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from pellucid.commands.training import Training, train
from pellucid.interruption import Interruption
from pellucid.run import Run

SECONDS_BETWEEN_LOOKS = 0.5


def train_with_bar(run: Run, epochs: int, interruption: Interruption) -> Training:
    """Train, with a bar where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return train(run, epochs, lambda _: None, interruption)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,} epochs, loss {task.fields[loss]:.4f}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(run.experiment.data.kind, total=epochs, loss=run.loss)
        looked = time.monotonic()

        def show(passes: float) -> None:
            nonlocal looked
            now = time.monotonic()
            if now - looked >= SECONDS_BETWEEN_LOOKS:
                looked = now
                progress.update(task, loss=run.loss)
            progress.update(task, completed=passes)

        return train(run, epochs, show, interruption)

"""The page's sheet of exports as a person uses it: what is saved, and what is opened."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect


class ExportSheet:
    """The sheet, once it is open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet: Locator = page.get_by_role("dialog", name="Export", exact=True)

    def open(self) -> ExportSheet:
        """Open it by the button in the head of the page."""
        self.page.get_by_role("button", name="Export", exact=True).click()
        expect(self.button("Open a file")).to_be_visible()
        return self

    def button(self, name: str) -> Locator:
        return self.sheet.get_by_role("button", name=name, exact=True)

    def saved(self, thing: str, ending: str, folder: Path) -> Path:
        """Save something; return where it is now."""
        with self.page.expect_download() as download:
            self.button(f"{thing}: save as .{ending}").click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        expect(self.sheet.get_by_role("status")).to_have_text(f"Saved as {path.name}.")
        return path

    def close(self) -> None:
        self.button("Close").click()
        expect(self.sheet).to_be_hidden()

    def open_file(self, file: Path | FilePayload) -> None:
        """Open a file, after which the sheet is closed."""
        self.page.get_by_label("File of an experiment or of weights").set_input_files(file)
        expect(self.sheet).to_be_hidden()


def export_sheet(page: Page) -> ExportSheet:
    """Open the sheet."""
    return ExportSheet(page).open()

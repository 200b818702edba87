"""Reads just enough of WebAssembly and ELF files to see what they ask for and offer."""

import struct
from pathlib import Path

Names = dict[str, str]


class Wasm:
    """The imports and exports of a WebAssembly module: name → kind."""

    KINDS = ("function", "table", "memory", "global")

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        assert self.bytes[:8] == b"\0asm\1\0\0\0"
        self.at = 8
        self.imports: Names = {}
        self.exports: Names = {}
        while self.at < len(self.bytes):
            section, size = self.number(), self.number()
            end = self.at + size
            if section == 2:
                for _ in range(self.number()):
                    self.read_import()
            elif section == 7:
                for _ in range(self.number()):
                    name, kind = self.name(), self.number()
                    self.number()  # the index of what is exported
                    self.exports[name] = self.KINDS[kind]
            self.at = end

    def number(self) -> int:
        """Read an unsigned LEB128 number."""
        value, shift = 0, 0
        while True:
            byte = self.bytes[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def name(self) -> str:
        """Read a length and as many bytes of UTF-8."""
        size = self.number()
        self.at += size
        return self.bytes[self.at - size : self.at].decode()

    def read_import(self) -> None:
        """Read what is imported: only a memory's type is known here, so nothing else may follow it."""
        name, kind = f"{self.name()}.{self.name()}", self.number()
        self.imports[name] = self.KINDS[kind]
        if kind == 2:
            has_maximum = self.number() & 1
            for _ in range(1 + has_maximum):
                self.number()
        else:
            self.number()


def elf_symbols(path: Path) -> tuple[set[str], set[str]]:
    """Return the names that a 64-bit ELF library needs from outside, and those that it offers."""
    content = path.read_bytes()
    assert content[:6] == b"\x7fELF\2\1", "64 bits, little-endian"
    table, size, count = struct.unpack_from("<Q10xHH", content, 0x28)
    sections = [struct.unpack_from("<IIQQQQIIQQ", content, table + index * size) for index in range(count)]
    needed: set[str] = set()
    offered: set[str] = set()
    for _, kind, _, _, offset, length, link, *_ in sections:
        if kind != 11:  # SHT_DYNSYM
            continue
        names = sections[link][4]
        for entry in range(offset, offset + length, 24):
            name_at, _, _, section = struct.unpack_from("<IBBH", content, entry)
            start = names + name_at
            name = content[start : content.index(b"\0", start)].decode()
            if name:
                (offered if section else needed).add(name)
    return needed, offered

"""docs/checks.md, written from messages.toml, so that the page and the program cannot disagree.

`python -m loaders.handbook` in the checkout renews it and docs/schema/.
"""

from pathlib import Path

from graph.vocabulary import Text
from loaders.messages import Example, Message, messages
from loaders.schema import schemas

_HEAD = """\
# Pemeriksaan berkas · What is checked

Halaman ini dibuat dari `loaders/messages.toml`. Setiap temuan ditulis `berkas:baris:kolom KODE teks`. **E** galat:
tidak ada yang ditulis. **W** peringatan: dapat diakui dengan `acknowledged: [{code: W301, fact: kunci, reason: ...}]`.
**I** keterangan.

This page is written from `loaders/messages.toml`. Every finding reads `file:line:column CODE text`. **E** error:
nothing is written. **W** warning: can be acknowledged with `acknowledged: [{code: W301, fact: key, reason: ...}]`.
**I** note.

Contoh mengubah berkas rekaan di `loaders/examples/` · Examples change the made-up files in `loaders/examples/`.
"""

_GROUPS = {
    "E1": Text(id="Berkas dan YAML", en="Files and YAML"),
    "E2": Text(id="Bentuk", en="Shape"),
    "E3": Text(id="Tanggal", en="Dates"),
    "E4": Text(id="Nama dan identitas", en="Names and identity"),
    "E5": Text(id="Sumber dan hak", en="Sources and rights"),
    "E6": Text(id="Graf", en="The graph"),
    "W3": Text(id="Peringatan: tanggal", en="Warnings: dates"),
    "W4": Text(id="Peringatan: nama, pihak, hubungan", en="Warnings: names, parties, ties"),
    "W5": Text(id="Peringatan: dukungan", en="Warnings: support"),
    "W6": Text(id="Peringatan: muatan", en="Warnings: loads"),
    "I3": Text(id="Keterangan: tanggal", en="Notes: dates"),
    "I4": Text(id="Keterangan: nama", en="Notes: names"),
}


def checks_page() -> str:
    """Return docs/checks.md."""
    parts = [_HEAD]
    group = ""
    for code, message in messages().items():
        if code[:2] != group:
            group = code[:2]
            parts.append(f"\n## {_GROUPS[group].id} · {_GROUPS[group].en}\n")
        parts.append(_entry(code, message))
    return "".join(parts)


def _entry(code: str, message: Message) -> str:
    return (
        f"\n### {code}\n\n"
        f"- {_filled(message.text.id)} *{message.hint.id}*\n"
        f"- {_filled(message.text.en)} *{message.hint.en}*\n\n"
        f"{_example(message.example)}\n"
    )


def _filled(text: str) -> str:
    """Return a message with its values as they are named: {name} -> ‹name›."""
    return text.replace("{", "‹").replace("}", "›")


def _example(example: Example) -> str:
    """Return what triggers a code, as a diff of the made-up file."""
    file = example.name or example.file
    if example.rebuild:
        return "`jejaring rebuild` ke graf yang sudah berisi · into a graph that is not empty"
    if example.drop:
        return f"`{file}` dihapus sesudah dimuat · deleted after it was loaded"
    if not example.old and not example.name:
        return f"`jejaring check {' '.join(example.load)}`"
    lines = [f"-{line}" for line in example.old.strip("\n").split("\n")] if example.old else []
    new = example.new if example.times == 1 else f"{example.new} ... (x {example.times})"
    lines += [f"+{_visible(line)}" for line in new.strip("\n").split("\n")] if new else []
    return "\n".join((f"`{file}`", "", "```diff", *lines, "```"))


def _visible(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else f"\\u{ord(c):04X}" for c in line)


def write(docs: Path) -> None:
    """Write docs/checks.md and docs/schema/ anew."""
    (docs / "checks.md").write_text(checks_page(), encoding="utf-8")
    (docs / "schema").mkdir(exist_ok=True)
    for name, text in schemas().items():
        (docs / "schema" / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path("docs"))

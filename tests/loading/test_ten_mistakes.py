"""One file with ten mistakes: ten messages at once, each where the mistake is, in the reader's language."""

from pathlib import Path

import pytest
from support.loading import copy_examples, empty_store, load, plan_of

from graph.vocabulary import Lang
from loaders.report import render
from loaders.run import Refused

FILE = """\
format: jejaring-article/1
source:
  id: article:keliru
  publisher: Harian Keliru
  acessed: 2025-06-01
  url: ftp://example.org/x
curator: editor-a
facts:
  - id: temu
    type: meeting
    sides:
      - [{agency: Teladan, person: sari-contoh}]
      - [{agency: Lembga Konten Sebrang}]
    date: 19 Mei 2025
    locator: paragraf dua
  - id: temu
    type: role
    holder: budi-contoh
    body: KEKT
    title: {id: Kepala}
    locator: p3
  - id: kunjungan
    type: visit
    guest: {agency: lembaga-konten-seberang}
    modality: hapened
    date: 2025-02-30
    locator: p4
"""

PLACES = [
    ("5:3", "E202"),
    ("6:8", "E501"),
    ("12:19", "E402"),
    ("13:19", "E401"),
    ("14:11", "E301"),
    ("15:14", "E210"),
    ("16:9", "E405"),
    ("20:12", "E201"),
    ("22:5", "E201"),
    ("25:15", "E206"),
    ("26:11", "E302"),
]

SAID: dict[Lang, tuple[str, ...]] = {
    "id": (
        "Kunci `acessed` tidak dikenal. Paling dekat: accessed.",
        "`ftp://example.org/x` bukan alamat web yang aman.",
        "di sini seharusnya lembaga atau orang. Paling dekat: agency:pemkot-teladan (Pemerintah Kota Teladan)",
        "di sini seharusnya lembaga atau orang. Paling dekat: agency:lembaga-konten-seberang (",
        "Paling dekat: 2025-05-19.",
        "`paragraf dua` bukan penunjuk paragraf; contoh: p2.",
        "`temu` sudah dipakai di ",
        "Kunci `en` wajib ada di sini.",
        "Kunci `host` wajib ada di sini.",
        "`hapened` bukan salah satu nilai yang ada. Paling dekat: happened. Yang ada: happened, agreed,",
        "`2025-02-30`: tanggal ini tidak ada di kalender.",
    ),
    "en": (
        "The key `acessed` is unknown. Nearest: accessed.",
        "`ftp://example.org/x` is not a safe web address.",
        "`Teladan` is a city (city:teladan); this should be agency or person. Nearest: agency:pemkot-teladan (Teladan",
        "`Lembga Konten Sebrang` is unknown; this should be agency or person. Nearest: agency:lembaga-konten-seberang",
        "Nearest: 2025-05-19.",
        "`paragraf dua` is not a paragraph locator; example: p2.",
        "`temu` is already used at ",
        "The key `en` is required here.",
        "The key `host` is required here.",
        "`hapened` is not one of the values there are. Nearest: happened. Allowed: happened, agreed,",
        "`2025-02-30`: the calendar has no such date.",
    ),
}


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_all_mistakes_are_reported_at_once_in_order_with_their_place(tmp_path: Path, lang: Lang) -> None:
    data = copy_examples(tmp_path)
    file = data / "articles" / "keliru.yaml"
    file.write_text(FILE, encoding="utf-8")
    async with empty_store() as store:
        lines = render(await plan_of(store, data), lang).splitlines()
    found = [line for line in lines if line.startswith(str(file))]
    assert len(found) == len(PLACES)
    for line, (place, code), said in zip(found, PLACES, SAID[lang], strict=True):
        assert line.startswith(f"{file}:{place} {code} "), line
        assert said in line


async def test_nothing_is_written_when_one_file_of_many_is_wrong(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    (data / "articles" / "keliru.yaml").write_text(FILE, encoding="utf-8")
    async with empty_store() as store:
        with pytest.raises(Refused) as refused:
            await load(store, data)
        assert len(refused.value.problems) == len(PLACES)
        async with store.view() as view:
            assert (await view.version()).number == 0
            assert await view.documents("node") == ()

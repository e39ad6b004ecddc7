"""Brings the catalogues up to the code: `python -m charlm.languages.update`. With a tag, such as fr, it begins another.

New sentences come in without a translation, and those that the code no longer has go. A translator then fills in what
is empty, by hand or with a program for gettext's catalogues. Sentences stand in the order of the code, and each names
its file but no line, so that an edit elsewhere changes nothing here.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from charlm.languages.reader import CATALOGUES

ROOT = CATALOGUES.parents[1]
SOURCES = [("app.py", "python"), ("charlm/**.py", "python")]
MARKS = {"N_": None, "NN_": (1, 2)}  # both arguments of NN_ are sentences: for one, and for many

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"

"""


def marked(root: Path = ROOT) -> Catalog:
    """All sentences that are marked in the code below this folder."""
    found = Catalog()
    for file, line, sentence, _, _ in sorted(
        extract_from_dir(root, SOURCES, keywords=MARKS), key=lambda one: (one[0], one[1])
    ):
        found.add(sentence, locations=[(file, line)])
    return found


def updated(catalogue: Catalog, code: Catalog) -> str:
    """A catalogue as it is to be written: exactly the sentences of the code, with the translations that there are."""
    catalogue.update(code, no_fuzzy_matching=True)
    sentences = BytesIO()
    write_po(sentences, catalogue, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = HEADER.format(language=catalogue.locale, plurals=catalogue.plural_forms)
    return header + sentences.getvalue().decode().rstrip() + "\n"


def read(path: Path) -> Catalog:
    """A catalogue as it is on disk; an empty one if there is none yet."""
    if not path.exists():
        return Catalog(locale=path.stem)
    with path.open("rb") as file:
        return read_po(file)


def main(new: list[str]) -> None:
    """Update every catalogue, and begin one for each of these new languages."""
    code = marked()
    for path in sorted({*CATALOGUES.glob("*.po"), *(CATALOGUES / f"{tag}.po" for tag in new)}):
        catalogue = read(path)
        path.write_text(updated(catalogue, code), encoding="utf-8", newline="\n")
        empty = sum(not _is_translated(message) for message in catalogue)
        print(f"{path.name}: {len(catalogue)} sentences, {empty} without a translation")


def _is_translated(message: Message) -> bool:
    return bool(message.string and all(message.string))  # a plural has several


if __name__ == "__main__":
    main(sys.argv[1:])

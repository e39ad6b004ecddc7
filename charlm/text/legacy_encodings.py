"""The encodings from before UTF-8 that texts still come in."""

import codecs

# What texts have been saved in. Of two that fit alike the earlier is taken; cp1252 comes before ISO-8859-1, since
# the two differ only in characters that no text has.
ENCODINGS = {
    "windows-1252": "Western European, Windows",
    "mac-roman": "Western European, old Macs",
    "iso-8859-15": "Western European, Unix",
    "iso-8859-1": "Western European, the early web",
    "cp850": "Western European, DOS",
    "cp437": "American, DOS",
    "windows-1250": "Central European, Windows",
    "iso-8859-2": "Central European, Unix",
    "cp852": "Central European, DOS",
    "mac-latin2": "Central European, old Macs",
    "windows-1251": "Cyrillic, Windows",
    "koi8-r": "Russian, Unix",
    "koi8-u": "Ukrainian, Unix",
    "cp866": "Cyrillic, DOS",
    "iso-8859-5": "Cyrillic, ISO",
    "mac-cyrillic": "Cyrillic, old Macs",
    "windows-1253": "Greek, Windows",
    "iso-8859-7": "Greek, Unix",
    "mac-greek": "Greek, old Macs",
    "cp737": "Greek, DOS",
    "windows-1254": "Turkish, Windows",
    "iso-8859-9": "Turkish, Unix",
    "mac-turkish": "Turkish, old Macs",
    "cp857": "Turkish, DOS",
    "windows-1257": "Baltic, Windows",
    "iso-8859-13": "Baltic, Unix",
    "cp775": "Baltic, DOS",
    "windows-1255": "Hebrew, Windows",
    "iso-8859-8": "Hebrew, Unix",
    "windows-1256": "Arabic, Windows",
    "iso-8859-6": "Arabic, Unix",
    "windows-1258": "Vietnamese, Windows",
    "cp874": "Thai",
    "cp932": "Japanese, Windows",
    "euc_jis_2004": "Japanese, Unix",
    "gb18030": "Chinese, simplified",
    "big5hkscs": "Chinese, traditional",
    "cp949": "Korean",
}
NAMES = {codecs.lookup(name).name: name for name in ENCODINGS}  # by what Python and chardet call them


def described(encoding: str) -> str:
    """An encoding's name, and who used it."""
    return f"{encoding} ({ENCODINGS[encoding]})" if encoding in ENCODINGS else encoding

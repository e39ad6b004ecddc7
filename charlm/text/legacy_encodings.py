"""The encodings from before UTF-8 that texts still come in."""

import codecs

from charlm.languages import N_, Told

# What texts have been saved in. Of two that fit alike the earlier is taken; cp1252 comes before ISO-8859-1, since
# the two differ only in characters that no text has.
ENCODINGS = {
    "windows-1252": N_("Western European, Windows"),
    "mac-roman": N_("Western European, old Macs"),
    "iso-8859-15": N_("Western European, Unix"),
    "iso-8859-1": N_("Western European, the early web"),
    "cp850": N_("Western European, DOS"),
    "cp437": N_("American, DOS"),
    "windows-1250": N_("Central European, Windows"),
    "iso-8859-2": N_("Central European, Unix"),
    "cp852": N_("Central European, DOS"),
    "mac-latin2": N_("Central European, old Macs"),
    "windows-1251": N_("Cyrillic, Windows"),
    "koi8-r": N_("Russian, Unix"),
    "koi8-u": N_("Ukrainian, Unix"),
    "cp866": N_("Cyrillic, DOS"),
    "iso-8859-5": N_("Cyrillic, ISO"),
    "mac-cyrillic": N_("Cyrillic, old Macs"),
    "windows-1253": N_("Greek, Windows"),
    "iso-8859-7": N_("Greek, Unix"),
    "mac-greek": N_("Greek, old Macs"),
    "cp737": N_("Greek, DOS"),
    "windows-1254": N_("Turkish, Windows"),
    "iso-8859-9": N_("Turkish, Unix"),
    "mac-turkish": N_("Turkish, old Macs"),
    "cp857": N_("Turkish, DOS"),
    "windows-1257": N_("Baltic, Windows"),
    "iso-8859-13": N_("Baltic, Unix"),
    "cp775": N_("Baltic, DOS"),
    "windows-1255": N_("Hebrew, Windows"),
    "iso-8859-8": N_("Hebrew, Unix"),
    "windows-1256": N_("Arabic, Windows"),
    "iso-8859-6": N_("Arabic, Unix"),
    "windows-1258": N_("Vietnamese, Windows"),
    "cp874": N_("Thai"),
    "cp932": N_("Japanese, Windows"),
    "euc_jis_2004": N_("Japanese, Unix"),
    "gb18030": N_("Chinese, simplified"),
    "big5hkscs": N_("Chinese, traditional"),
    "cp949": N_("Korean"),
}
NAMES = {codecs.lookup(name).name: name for name in ENCODINGS}  # by what Python and chardet call them


def described(encoding: str) -> str:
    """An encoding's name, and who used it."""
    if encoding not in ENCODINGS:
        return encoding
    return Told(N_("{encoding} ({users})"), encoding=encoding, users=ENCODINGS[encoding])

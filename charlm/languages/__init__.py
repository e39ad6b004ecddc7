"""Every sentence in the language of who reads it. The code has the English ones, a catalogue each other language.

A third language is one file beside this one, `fr.po` for French, as gettext and Babel know it.
"""

from charlm.languages.messages import N_, NN_, Message, Plural, Told, number, say
from charlm.languages.reader import languages, reader, speak, speaking

__all__ = ["NN_", "N_", "Message", "Plural", "Told", "languages", "number", "reader", "say", "speak", "speaking"]

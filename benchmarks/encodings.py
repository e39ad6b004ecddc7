"""How often a text is read in the encoding it was saved in: python -m benchmarks.encodings

Twenty excerpts for each encoding, of a line to a page, drawn with the same seed every time; beside charlm, chardet
alone as charlm asked it before, with all it knows, and charset-normalizer. Fails below 95 % right, or where more than
two in a hundred are read wrong without a doubt being told.
"""

import argparse
import random
import re
import sys
import textwrap
from collections.abc import Callable, Iterator

import chardet
import charset_normalizer
from chardet import EncodingEra

from charlm.errors import NotText
from charlm.text.built_in import read_built_in
from charlm.text.encoding import decode_found


def with_curly_quotes(text: str) -> str:
    """As a word processor writes it."""
    return re.sub(r'\B"\b', "“", re.sub(r"\B'\b", "‘", text)).replace('"', "”").replace("'", "’")


# Written for this table, and given to the public domain like the two stories that come along.
TEXTS = {
    "English": with_curly_quotes(read_built_in("lamplighter").decode()[:6_000]),
    "Spanish": read_built_in("molino").decode()[:6_000],
    "French": """\
        Le gardien du phare montait chaque soir les cent vingt marches, une lampe à la main. « Tu n’as pas peur ? » lui
        demanda l’enfant. Il répondit qu’à son âge on n’a plus peur que de l’été, quand la mer s’endort et que personne
        ne vient. Là-haut, le vent soufflait si fort que les vitres tremblaient ; mais la flamme, elle, restait droite.
        Près de la fenêtre, un vieux cahier gardait le nom des bateaux qui étaient passés : le Goéland, l’Étoile, la
        Belle Françoise. À l’aube il redescendait, fermait la porte à clé et dormait jusqu’à midi.""",
    "German": """\
        Die Müllerin öffnete das Fenster und hörte, wie das Wasser über die Räder lief. „Schläft der Junge noch?“,
        fragte sie. „Er träumt“, sagte der Großvater, „und wer träumt, der wächst.“ Draußen lag früher Nebel auf den
        Wiesen, die Kühe standen still wie gemalt. Später kam der Bäcker, kaufte zwölf Säcke Mehl und erzählte, daß die
        Brücke unten im Tal gesperrt sei. Niemand wunderte sich, denn das Hochwasser hatte schon im März die Pfähle
        gelöst. Am Abend aßen sie Brot mit Käse und süßen Äpfeln, und der Junge fragte, wohin das Wasser gehe.""",
    "Polish": """\
        Stary zegarmistrz mieszkał na końcu ulicy, tuż za mostem. Każdego ranka otwierał okiennice, siadał przy oknie i
        słuchał, jak miasto się budzi. Czas nie płynie, mawiał, czas się tylko powtarza. Dzieci przynosiły mu zepsute
        zabawki, a on naprawiał je za darmo, choć żona gderała, że z czegoś trzeba żyć. Pewnej jesieni wieża ratusza
        zamilkła. Burmistrz wspiął się na górę, obejrzał koła i wrócił z pustymi rękami. Wtedy poszli po niego. Wziął
        latarnię, mały młotek i kawałek chleba, a gdy zeszedł, dzwony biły tak głośno, że gołębie uciekły aż na
        łąki.""",
    "Czech": """\
        Na konci vesnice stál dům, ve kterém nikdo nebydlel. Říkalo se, že v něm straší, ale děti věděly, že tam žije
        jen černá kočka a spousta myší. Jednou večer přišla bouřka a malý Vojtěch neměl kam jít. Nebojím se, řekl
        nahlas a otevřel dveře. Uvnitř hořela svíčka. U stolu seděl stařec, psal dlouhý dopis a vůbec se nedivil. Nalil
        chlapci čaj, přikryl ho dekou a vyprávěl mu o městě za řekou, kde žluté tramvaje jezdí až k moři. Ráno byl dům
        prázdný, jen na stole zůstal klíč a kousek chleba.""",
    "Russian": """\
        На краю деревни жил старый лодочник. Летом он перевозил людей через реку, а зимой чинил сети и слушал, как
        трещит лёд. Однажды вечером к нему постучала девочка. Мне нужно на тот берег, сказала она. Река ещё не замёрзла,
        но плыть было уже опасно: по воде шла шуга. Лодочник посмотрел на неё, молча взял фонарь и весло. Они плыли
        долго, и девочка рассказывала о своей бабушке, которая печёт пироги с яблоками и никогда не запирает дверь.
        Когда лодка коснулась песка, на том берегу уже горел свет. Подождите меня, попросила она и убежала. Он ждал до
        утра.""",
    "Japanese": """\
        港の近くに、小さな時計屋がありました。店の主人は毎朝早く起きて、窓を開け、海の音を聞きながら古い時計を直していました。
        ある日、知らない少年が店に入ってきて、「この時計は、もう動きませんか」とたずねました。主人は眼鏡をかけて、ゆっくりと
        裏のふたを開けました。中には砂が入っていました。「これは海を旅した時計だね」と主人は笑いました。少年はうなずき、船で働
        いている父のことを話しました。夕方になると、店の中のすべての時計が同時に鳴り、少年の時計も、静かに動きはじめました。""",
    "Chinese": """\
        山脚下有一座老磨坊，磨坊旁边住着一位老人和他的孙女。每天清晨，孙女到河边打水，老人坐在门口听水声。有一年春天，河水忽然
        变小了，磨坊的轮子也停了下来。村里的人都说是上游修了水坝，可是谁也没有去看过。孙女说：我去看看。老人给她一个面包和一盏
        灯。她沿着河走了一整天，看见许多石头堵在河道里，石头上开满了白色的花。她把石头一块一块搬开，水又慢慢地流了起来。晚上，
        磨坊的灯亮了，老人听见轮子转动的声音，高兴得唱起歌来。""",
}
WESTERN, CENTRAL = ("English", "Spanish", "French", "German"), ("Polish", "Czech")
ENCODINGS = {
    "UTF-8 with a stray byte": tuple(TEXTS),
    "utf-16-le": tuple(TEXTS),
    "utf-16-be": tuple(TEXTS),
    "windows-1252": WESTERN,
    "iso-8859-1": WESTERN[1:],
    "mac-roman": WESTERN,
    "cp850": WESTERN[1:],
    "windows-1250": CENTRAL,
    "iso-8859-2": CENTRAL,
    "cp852": CENTRAL,
    "windows-1251": ("Russian",),
    "koi8-r": ("Russian",),
    "cp866": ("Russian",),
    "shift_jis": ("Japanese",),
    "gb18030": ("Chinese",),
}
LENGTHS = (40, 80, 200, 500)
GOAL, SURE_AND_WRONG = 0.95, 0.02
Read = Callable[[bytes], str]


def main() -> int:
    """Print the table; the status says whether charlm kept its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smallest", action="store_true", help="one excerpt for each encoding")
    count = 1 if parser.parse_args().smallest else 20
    print(f"| {count} excerpts each | charlm | doubted, of the right | and the wrong | {' | '.join(OTHERS)} |")
    print("|---|---|---|---|" + "---|" * len(OTHERS))
    right, sure = 0, 0
    for encoding in ENCODINGS:
        cases = list(excerpts(encoding, count))
        read = [decode_found(content, encoding) for _, content in cases]
        good = [saved == as_read.text for (saved, _), as_read in zip(cases, read, strict=True)]
        doubted = [bool(as_read.doubts) for as_read in read]
        of_good, of_bad = (sum(d for g, d in zip(good, doubted, strict=True) if g is w) for w in (True, False))
        others = [sum(reads(saved, content, other) for saved, content in cases) for other in OTHERS.values()]
        print(f"| {encoding} | {sum(good)} | {of_good} | {of_bad} | {' | '.join(map(str, others))} |")
        right, sure = right + sum(good), sure + len(cases) - sum(good) - of_bad
    all_of_them = count * len(ENCODINGS)
    print(f"\n{right} of {all_of_them} right, {sure} wrong without a doubt told.")
    return int(right < GOAL * all_of_them or sure > SURE_AND_WRONG * all_of_them)


def excerpts(encoding: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Texts and the bytes they were saved as."""
    draw = random.Random(encoding)  # noqa: S311  # the same every time
    number = 0
    while number < count:
        text = textwrap.dedent(TEXTS[draw.choice(ENCODINGS[encoding])])
        length = draw.choice(LENGTHS)
        start = text.rfind(" ", 0, draw.randrange(max(1, len(text) - length))) + 1
        text = text[start : start + length]
        if encoding.startswith("UTF-8"):
            saved, content = with_a_stray_byte(text, draw)
        else:
            content = text.encode(encoding, "ignore")
            saved = content.decode(encoding)
        if not text.isascii():
            number += 1
            yield saved, content


def with_a_stray_byte(text: str, draw: random.Random) -> tuple[str, bytes]:
    """UTF-8 in which one letter was saved in Windows-1252."""
    place = draw.randrange(len(text))
    before, after = text[:place], text[place:]
    content = before.encode() + "é".encode("windows-1252") + after.encode()
    return f"{before}\ufffd{after}", content


def reads(saved: str, content: bytes, read: Read) -> bool:
    """Does it read the bytes as what they were saved as?"""
    try:
        return read(content) == saved
    except (ValueError, LookupError, TypeError, NotText):  # among these: no encoding was found
        return False


OTHERS: dict[str, Read] = {
    "chardet, modern web": lambda content: content.decode(
        chardet.detect(content, encoding_era=EncodingEra.MODERN_WEB, prefer_superset=True)["encoding"]
    ),
    "chardet, all eras": lambda content: content.decode(chardet.detect(content, compat_names=False)["encoding"]),
    "charset-normalizer": lambda content: str(charset_normalizer.from_bytes(content).best()),
}

if __name__ == "__main__":
    sys.exit(main())

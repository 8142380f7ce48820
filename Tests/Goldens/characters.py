"""Writes Sources/Tokenizers/Characters/CharacterTables.swift: what Hugging Face's tokenizers takes every character for.

    pip install tokenizers==0.23.3
    python3 Tests/Goldens/characters.py

The library's parts follow different versions of Unicode: its BERT normaliser knows the nonspacing marks of 2015, its
regular expressions the letters of 2024. Equal tokens need equal tables, so every table is asked of the library itself,
a character at a time. Only the order of combining marks is Unicode's own (version 14, from Python), for characters that
the library reorders at all.
"""

import pathlib
import unicodedata

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
hangul = range(0xAC00, 0xD7A4)  # decomposed by arithmetic


def runs(chosen):
    found = []
    for c in chosen:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return " ".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in found)


def bert(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on}).normalize_str


def where(test):
    return runs([c for c in points if test(chr(c))])


def matching(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    return where(lambda c: [p for p, _ in split.pre_tokenize_str(f"\1{c}\1")] == ["\1", "\1"])


def words(c):
    return [p for p, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(f"a{c}b")]


nfd = normalizers.NFD().normalize_str
nfc = normalizers.NFC().normalize_str
lower = normalizers.Lowercase().normalize_str
stripped = normalizers.StripAccents().normalize_str
clean, accentless, spaced = bert(clean_text=True), bert(strip_accents=True), bert(handle_chinese_chars=True)


def is_ordered(c):
    """Whether the library moves the character past one of a lower or higher combining class."""
    first = chr(0x334)  # class 1
    return nfd(f"a{c}{first}") != f"a{c}{first}" or nfd(f"a\u0345{c}") != f"a\u0345{c}"  # class 240


def orders():
    found = []
    for c in points:
        order = unicodedata.combining(chr(c))
        if order == 0 or nfd(chr(c)) != chr(c) or not is_ordered(chr(c)) and c != 0x345:
            continue
        if found and found[-1][1] == c - 1 and found[-1][2] == order:
            found[-1][1] = c
        else:
            found.append([c, c, order])
    return " ".join(f"{a:X}={o:X}" if a == b else f"{a:X}-{b:X}={o:X}" for a, b, o in found)


def lowered():
    """Runs of characters a step apart whose lower case is as far from each; `A-B/2=C` for every other one."""
    found = []
    for c in points:
        small = lower(chr(c))
        if small == chr(c) or len(small) > 1:
            continue
        distance = ord(small) - c
        last = found[-1] if found else None
        if last and last[3] == distance and (last[2] in (0, c - last[1])) and c - last[1] in (1, 2):
            last[1:3] = [c, c - last[1]]
        else:
            found.append([c, c, 0, distance])
    return " ".join(f"{a:X}{f'-{b:X}' if a != b else ''}{'/2' if s == 2 else ''}={a + d:X}" for a, b, s, d in found)


def decomposed():
    return " ".join(
        f"{c:X}=" + "+".join(f"{ord(d):X}" for d in nfd(chr(c)))
        for c in points if c not in hangul and nfd(chr(c)) != chr(c))


tables = [
    ("letters", r"`\p{L}` of its regular expressions.", matching(r"\p{L}")),
    ("numbers", r"`\p{N}` of its regular expressions.", matching(r"\p{N}")),
    ("spaces", "Where words end, in all of its parts.", where(lambda c: words(c) == ["a", "b"])),
    ("punctuation", "What BERT's pre-tokenizer makes a word of its own.", where(lambda c: words(c) == ["a", c, "b"])),
    ("controls", "What BERT's normaliser drops as no text.", where(lambda c: clean(f"a{c}b") == "ab")),
    ("ideographs", "What BERT's normaliser puts between spaces.", where(lambda c: spaced(f"a{c}b") != f"a{c}b")),
    ("nonspacingMarks", "What BERT's normaliser strips as accents.", where(lambda c: accentless(f"a{c}b") == "ab")),
    ("combiningMarks", "What its normaliser `StripAccents` strips.", where(lambda c: stripped(f"a{c}b") == "ab")),
    ("combiningClasses", "The order of combining characters, where it is not 0.", orders()),
    ("lowercase", "What lower case makes of characters; of U+0130 it makes two.", lowered()),
    ("decompositions", "Full canonical decompositions, but those of Hangul.", decomposed()),
    ("uncomposed", "What a composition never gives, though it has a decomposition of two characters or more.",
     where(lambda c: len(nfd(c)) > 1 and nfc(c) != c)),
]
assert matching(r"\s") == dict((n, t) for n, _, t in tables)["spaces"]
assert [c for c in points if len(lower(chr(c))) > 1] == [0x130]

text = f"""// Made by Tests/Goldens/characters.py from tokenizers {tokenizers.__version__}; not edited by hand.

/// What Hugging Face's tokenizers takes every character for: code points and ranges of them, in hexadecimal.
///
/// `A-B/2=C` is every second character from A to B, and what belongs to them, C to the first, C + 2 to the next.
enum CharacterTables {{
"""
for name, meaning, table in tables:
    text += f"  /// {meaning}\n  static let {name}: StaticString = \"\"\"\n"
    line = ""
    for part in table.split(" "):
        if len(line) + len(part) > 113:
            text += f"    {line} \\\n"
            line = ""
        line += f"{' ' if line else ''}{part}"
    text += f"    {line}\n    \"\"\"\n\n"
text = text.rstrip() + "\n}\n"
target = pathlib.Path(__file__).parents[2] / "Sources/Tokenizers/Characters/CharacterTables.swift"
target.parent.mkdir(exist_ok=True)
target.write_text(text)
print(len(text), text.count("\n"))

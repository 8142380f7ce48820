"""Lines that are hard to tokenize: words of many scripts, marks in any order, emoji, controls, special tokens, long words."""

import random

WORDS = """the quick brown fox jumps over a lazy dog contrastive learning compares what is similar and what is not
    don't we'll they've I'm you're it's he'd naïve café résumé Ångström ﬁrst straße ÜBER İstanbul ΣΊΣΥΦΟΣ σίσυφος Καλημέρα
    привет мир ещё Ёлка 東京都 中文分词 日本語テキスト がぎぐ ｶﾞｷﾞ 한국어 각 ᄒᆞᆫ हिन्दी में किताब ไทยภาษา ภาษาไทย العربية مَرْحَبًا שָׁלוֹם
    ქართული Հայերեն አማርኛ தமிழ் 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐀𐐨 ǅ ŉ ﷺ ½ Ⅷ ٣٤٥ 12,345.67 3.14e-10 x² H₂O km/h user@example.com
    https://a.b/c?d=e&f#g C++ #hashtag @someone $100 €5 ¥ -- … “quoted” ‘single’ (brackets) [square] {curly} <tag/>
    internationalization electroencephalographically ### ##ing foo_bar snake-case CamelCase ALLCAPS""".split()
EMOJI = ["😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "❤️", "☕", "✊🏿", "🧑‍💻", "#️⃣"]
SPACES = [" ", " ", " ", " ", " ", "  ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\x85", "\x0b", ""]
ODD = ["\x00", "\x01", "\x1f", "\x7f", "\x9f", "\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffd", "\ufff9",
       "\ue000", "\U000e0001", "\U0010ffff", "\u0378", "\u0301", "\u0327\u0301", "\u0301\u0327", "\u0345\u0301", "\u302e\u302a",
       "\u0f71\u0f72\u0f74", "\u05b0\u05bc", "\u0344", "\u1100\u1161\u11a8", "\u00c5", "A\u030a", "\u212b", "\u1e9b\u0323",
       "'", "''", "'s", "'S", "’s", "' s"]
SPECIAL = ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "<s>", "</s>", "<mask>", "  <mask>  ", "<|endoftext|>",
           "<|startoftext|>", "[mask]", "[MASK", "New Word", "NEW  WORD", "newword"]


def line(source):
    kind = source.random()
    if kind < 0.02:
        return source.choice(["", " ", "\n", "a" * 99, "a" * 100, "a" * 101, "é" * 101, "x" * 300, "ab" * 200, "!" * 120, "中" * 60])
    parts = []
    for _ in range(source.randint(1, 14)):
        draw = source.random()
        if draw < 0.62:
            parts.append(source.choice(WORDS))
        elif draw < 0.70:
            parts.append(source.choice(EMOJI))
        elif draw < 0.78:
            parts.append(source.choice(ODD))
        elif draw < 0.82:
            parts.append(source.choice(SPECIAL))
        elif draw < 0.88:
            parts.append(source.choice(WORDS).upper())
        elif draw < 0.93:  # any characters of one block
            block = source.choice([0, 0x80, 0x100, 0x300, 0x370, 0x400, 0x590, 0x600, 0x900, 0xE00, 0x1100, 0x1E00, 0x1F00,
                                   0x2000, 0x2100, 0x3000, 0x4E00, 0xA600, 0xAC00, 0xF900, 0xFB00, 0xFF00, 0x1D100, 0x1F300])
            parts.append("".join(chr(block + source.randrange(256)) for _ in range(source.randint(1, 5))))
        else:  # any characters at all
            points = [source.randrange(0x110000) for _ in range(source.randint(1, 4))]
            parts.append("".join(chr(p) for p in points if not 0xD800 <= p < 0xE000))
        parts.append(source.choice(SPACES))
    return "".join(parts)


def lines(count, seed=1):
    source = random.Random(seed)
    return [line(source) for _ in range(count)]

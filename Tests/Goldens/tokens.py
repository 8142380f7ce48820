"""Writes tokenizers/*.json, small tokenizers of every flavour, and tokens.json, what Hugging Face's library makes of lines.

    pip install tokenizers==0.23.3
    python3 Tests/Goldens/tokens.py
"""

import json
import pathlib

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from lines import WORDS, lines

here = pathlib.Path(__file__).parent

CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
sample = [" ".join(WORDS)] * 3 + [" ".join(WORDS[i::7]) for i in range(7)] * 3 + [" ".join(WORDS[:60]).lower()] * 8


def bert(**options):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(**options)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    seen = sorted({c for text in lines(120) for c in tokenizer.normalizer.normalize_str(text)})  # else all would be unknown
    tokenizer.train_from_iterator(sample, trainers.WordPieceTrainer(
        vocab_size=1800, special_tokens=special, show_progress=False, limit_alphabet=3000, initial_alphabet=seen))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def byte_level(vocabulary, special, **trainer):
    tokenizer = Tokenizer(models.BPE(**trainer))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer, trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **{k: v for k, v in trainer.items() if k == "end_of_word_suffix"})


def roberta():
    tokenizer, trainer = byte_level(620, ["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.train_from_iterator(sample, trainer)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = processors.RobertaProcessing(sep=("</s>", 2), cls_token=("<s>", 0), add_prefix_space=False)
    return tokenizer


def gpt2():
    tokenizer, trainer = byte_level(520, ["<|endoftext|>"])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.train_from_iterator(sample, trainer)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def clip():
    tokenizer, trainer = byte_level(900, [], end_of_word_suffix="</w>")
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(CLIP), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.train_from_iterator(sample, trainer)
    fields = json.loads(tokenizer.to_str())
    vocabulary = fields["model"]["vocab"]
    for byte in sorted(pre_tokenizers.ByteLevel.alphabet()):  # what CLIP's vocabulary has, the trainer leaves out
        vocabulary.setdefault(f"{byte}</w>", len(vocabulary))
    fields["model"]["unk_token"] = "<|endoftext|>"
    start, end = len(vocabulary), len(vocabulary) + 1
    vocabulary["<|startoftext|>"], vocabulary["<|endoftext|>"] = start, end
    tokenizer = Tokenizer.from_str(json.dumps(fields))
    tokenizer.add_special_tokens([AddedToken("<|startoftext|>", normalized=True), AddedToken("<|endoftext|>", normalized=False)])
    tokenizer.post_processor = processors.RobertaProcessing(
        sep=("<|endoftext|>", end), cls_token=("<|startoftext|>", start), add_prefix_space=False, trim_offsets=False)
    return tokenizer


def with_words():
    tokenizer = bert()
    tokenizer.add_tokens([AddedToken("New Word", normalized=True), AddedToken("newword", lstrip=True, rstrip=True)])
    return tokenizer


def vietnamese():
    tokenizer = bert(lowercase=False, strip_accents=False)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])
    return tokenizer


makers = {
    "bert": bert, "bert-cased": lambda: bert(lowercase=False),
    "bert-plain": lambda: bert(clean_text=False, handle_chinese_chars=False, strip_accents=False),
    "bert-words": with_words, "bert-sequence": vietnamese, "roberta": roberta, "gpt2": gpt2, "clip": clip,
}

if __name__ == "__main__":
    (here / "tokenizers").mkdir(exist_ok=True)
    texts = lines(120)
    numbers = {}
    for name, make in makers.items():
        file = here / "tokenizers" / f"{name}.json"
        if not file.exists():  # training breaks ties at random: what is there stays
            fields = json.loads(make().to_str())
            file.write_text(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")
        tokenizer = Tokenizer.from_file(str(file))
        numbers[name] = [tokenizer.encode(text).ids for text in texts]
        print(name, tokenizer.get_vocab_size(), sum(map(len, numbers[name])))
    golden = {"version": tokenizers.__version__, "lines": texts, "numbers": numbers}
    (here / "tokens.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")

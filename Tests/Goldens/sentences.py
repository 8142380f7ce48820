"""Writes sentences.json: what transformers and sentence-transformers compute with small encoders of BERT's family.

    pip install torch==2.13.0 transformers==5.24.0 sentence-transformers==6.2.0
    python3 Tests/Goldens/sentences.py

Weights are drawn by the rule of models.py, a function of a tensor's name.
"""

import json
import math
import pathlib

import torch

here = pathlib.Path(__file__).parent
# torchvision's compiled part belongs to another build of torch; nothing of it is needed here but that these names exist.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import transformers
from sentence_transformers.sentence_transformer.modules import Pooling


def frequency(name):
    """FNV-1a's upper 32 bits, as a number in 0.5 ..< 1.5."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return 0.5 + (value >> 32) / 2**32


def closed_form(name, shape):
    i = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    wave = torch.sin(frequency(name) * i * i).reshape(shape)
    if len(shape) > 1:
        return wave * (2 / math.prod(shape[1:]) ** 0.5)
    return (0.5 if name.endswith("weight") else 0) + 0.1 * wave


common = dict(vocab_size=40, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20)
encoders = {
    "bert": transformers.BertModel(transformers.BertConfig(max_position_embeddings=16, **common)),
    "roberta": transformers.RobertaModel(
        transformers.RobertaConfig(max_position_embeddings=18, type_vocab_size=1, layer_norm_eps=1e-5, **common)),
    "mpnet": transformers.MPNetModel(transformers.MPNetConfig(max_position_embeddings=18, **common)),
}
texts = [[2, 7, 9, 11, 30, 39, 5, 3], [2, 8, 3], [2, 14, 15, 16, 3], [2, 1, 6, 20, 3]]  # the last has RoBERTa's padding token
entries = {}


def put(name, tensor):
    entries[name] = {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") for v in tensor.flatten().tolist()]}


for family, model in encoders.items():
    model = model.double().eval()
    state = model.state_dict()
    model.load_state_dict({k: closed_form(k, v.shape) if v.is_floating_point() else v for k, v in state.items()})
    padding = 0 if family == "bert" else 1
    longest = max(map(len, texts))
    tokens = torch.tensor([t + [padding] * (longest - len(t)) for t in texts])
    mask = torch.tensor([[1] * len(t) + [0] * (longest - len(t)) for t in texts])
    with torch.no_grad():
        hidden = model(input_ids=tokens, attention_mask=mask).last_hidden_state
        put(f"{family}/hidden", hidden * mask.unsqueeze(-1))
        alone = model(input_ids=tokens[:1], attention_mask=mask[:1]).last_hidden_state
        put(f"{family}/alone", alone)
    names = [k for k, v in state.items() if v.is_floating_point()]
    for number, name in enumerate(names):
        put(f"{family}/names/{number:03} {name}", torch.tensor(list(state[name].shape)))
    if family != "bert":
        continue
    for mode in Pooling.POOLING_MODES:
        for prompt in [0, 2]:
            pooling = Pooling(12, mode, include_prompt=prompt == 0)
            features = {"token_embeddings": hidden, "attention_mask": mask, "prompt_length": prompt}
            put(f"pooling/{mode}/{prompt}", pooling(features)["sentence_embedding"])
    both = Pooling(12, ("cls", "mean"))({"token_embeddings": hidden, "attention_mask": mask})["sentence_embedding"]
    put("pooling/cls+mean/0", both)
(here / "sentences.json").write_text(json.dumps(entries) + "\n")

"""Figures of sentence-transformers' evaluators (pip install sentence-transformers==6.2.0) on vectors that stand for texts,
which Kindred's are held against. Writes text_evaluators.json beside itself."""
import json, pathlib
import numpy as np
import torch

# torchvision's compiled part belongs to another build of torch on some machines; only these names are needed.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import sentence_transformers
from sentence_transformers import util
from sentence_transformers.sentence_transformer import evaluation

SIMILARITIES = ["cosine", "dot", "euclidean", "manhattan"]
result = {"version": {"shape": [3], "values": [int(part) for part in sentence_transformers.__version__.split(".")[:3]]}}


def put(name, array):
    array = np.asarray(array, dtype=np.float64)
    result[name] = {"shape": list(array.shape), "values": [float(f"{v:.9g}") for v in array.flatten()]}


class Vectors:
    """A model that knows the vectors of its texts, which are numbers."""
    similarity_fn_name = "cosine"
    similarity = staticmethod(util.cos_sim)

    class model_card_data:
        set_evaluation_metrics = staticmethod(lambda *arguments, **options: None)

    def __init__(self, rows):
        self.rows = torch.tensor(rows, dtype=torch.float64)

    def encode(self, texts, convert_to_tensor=False, **options):
        rows = self.rows[[int(text) for text in texts]]
        return rows if convert_to_tensor else rows.numpy()

    encode_query = encode_document = encode


def vectors(rng, count, width):
    return np.array([float(f"{v:.5g}") for v in (rng.normal(size=(count, width)) + 0.3).flatten()]).reshape(count, width)


# Pairs: of the first of each, the second is a noisy copy where it belongs to it.
rng = np.random.default_rng(1)
first, noise = vectors(rng, 90, 6), vectors(rng, 90, 6)
same = (rng.random(90) < 0.4).astype(int)
second = np.array([float(f"{v:.5g}") for v in (np.where(same[:, None], 0.9, 0.2) * first + noise).flatten()]).reshape(90, 6)
grades = np.round(same * 2 + rng.random(90) * 3, 1)
model = Vectors(np.concatenate([first, second]))
texts = [str(i) for i in range(90)], [str(i) for i in range(90, 180)]
put("pairs.first", first)
put("pairs.second", second)
put("pairs.same", same)
put("pairs.grades", grades)
found = evaluation.EmbeddingSimilarityEvaluator(*texts, list(grades), similarity_fn_names=SIMILARITIES, write_csv=False)(model)
put("similarity", [[found[f"pearson_{s}"], found[f"spearman_{s}"]] for s in SIMILARITIES])
found = evaluation.BinaryClassificationEvaluator(*texts, list(same), similarity_fn_names=SIMILARITIES, write_csv=False)(model)
put("classification", [[found[f"{s}_{m}"] for m in ["accuracy", "accuracy_threshold", "f1", "f1_threshold", "precision", "recall",
                                                    "ap", "mcc"]] for s in SIMILARITIES])

# Search: 23 queries among 140 items; of two queries nothing is relevant, of some more than the evaluator looks at.
rng = np.random.default_rng(2)
queries, corpus = vectors(rng, 23, 5), vectors(rng, 140, 5)
scores = util.cos_sim(torch.tensor(queries), torch.tensor(corpus)).numpy() + rng.normal(size=(23, 140)) * 0.5
counts = [0, 0, 1, 2, 3, 5, 8, 12, 20, 40, 110] + [1, 2, 3, 4] * 3
relevant = [np.sort(np.argsort(-scores[q])[:counts[q]]) for q in range(23)]
model = Vectors(np.concatenate([queries, corpus]))
evaluator = evaluation.InformationRetrievalEvaluator(
    {f"q{i}": str(i) for i in range(23)}, {f"{i:04}": str(23 + i) for i in range(140)},
    {f"q{q}": {f"{i:04}" for i in relevant[q]} for q in range(23)}, write_csv=False, corpus_chunk_size=60)
found = evaluator(model)
put("search.queries", queries)
put("search.corpus", corpus)
put("search.counts", counts)
put("search.relevant", np.concatenate(relevant))
put("search.figures", [found[f"cosine_{m}"] for m in (
    [f"accuracy@{k}" for k in [1, 3, 5, 10]] + [f"precision@{k}" for k in [1, 3, 5, 10]]
    + [f"recall@{k}" for k in [1, 3, 5, 10]] + ["mrr@10", "ndcg@10", "map@100"])])

# Lists to be put in order: the last sample has nothing wrong in it and is left out.
rng = np.random.default_rng(3)
lists = [(1, 4), (2, 7), (1, 30), (5, 12), (3, 1), (2, 0)]
asked = vectors(rng, len(lists), 5)
items = vectors(rng, sum(p + n for p, n in lists), 5)
samples, place = [], len(lists)
for q, (right, wrong) in enumerate(lists):
    numbers = [str(place + i) for i in range(right + wrong)]
    samples.append({"query": str(q), "positive": numbers[:right], "negative": numbers[right:]})
    for i in range(right):
        row = items[place - len(lists) + i] + asked[q]
        items[place - len(lists) + i] = [float(f"{v:.5g}") for v in row]
    place += right + wrong
found = evaluation.RerankingEvaluator(samples, write_csv=False)(Vectors(np.concatenate([asked, items])))
put("reranking.lists", lists)
put("reranking.queries", asked)
put("reranking.items", items)
put("reranking.figures", [found["map"], found["mrr@10"], found["ndcg@10"]])

# Paraphrases: 60 texts in groups of three of which not all pairs are said to belong together; and only 200 pairs looked at.
rng = np.random.default_rng(4)
middles = vectors(rng, 20, 6)
rows = np.array([float(f"{v:.5g}") for v in (np.repeat(middles, 3, axis=0) + 0.6 * vectors(rng, 60, 6)).flatten()]).reshape(60, 6)
pairs = [(3 * g + a, 3 * g + b) for g in range(20) for a, b in [(0, 1), (0, 2), (1, 2)] if rng.random() < 0.7]
put("paraphrases.rows", rows)
put("paraphrases.pairs", pairs)
for most in [200, 10000]:
    found = evaluation.ParaphraseMiningEvaluator(
        {str(i): str(i) for i in range(60)}, [(str(a), str(b)) for a, b in pairs], max_pairs=most, top_k=60,
        write_csv=False)(Vectors(rows))
    put(f"paraphrases.figures{most}", [found[m] for m in ["average_precision", "f1", "precision", "recall", "threshold"]])
closed = evaluation.ParaphraseMiningEvaluator(
    {str(i): str(i) for i in range(60)}, [(str(a), str(b)) for a, b in pairs], add_transitive_closure=True, top_k=60,
    write_csv=False)(Vectors(rows))
put("paraphrases.closed", [closed[m] for m in ["average_precision", "f1", "precision", "recall", "threshold"]])
mined = util.paraphrase_mining_embeddings(torch.tensor(rows), top_k=60, max_pairs=50)
put("paraphrases.mined", [[score, i, j] for score, i, j in mined])

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")

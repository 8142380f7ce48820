"""Pair, triplet and margin losses, and miners, as pytorch-metric-learning 2.9.0 and sentence-transformers 6.2 compute
them in float64. Needs both beside torch 2.13.0. Writes losses_pairs.json beside itself.

Two inputs: "six", two views of six items in three classes, and "odd", eleven items in four classes of 4, 3, 3 and 1.
"""
import json, pathlib
import torch

library = torch.library.Library("torchvision", "DEF")  # torchvision without its compiled extension still imports
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import pytorch_metric_learning
from pytorch_metric_learning import losses, miners, distances
import sentence_transformers
from sentence_transformers.sentence_transformer import losses as st

result = {}


def gen(n, d, a, b):
    i = torch.arange(n, dtype=torch.float64)[:, None]
    j = torch.arange(d, dtype=torch.float64)[None, :]
    return torch.sin(a * (i * d + j + 1)) + 0.1 * torch.cos(b * (i + 1) * (j + 1))


def put(name, tensor):
    result[name] = {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def put_loss(name, inputs, loss):
    """A loss and its gradients with respect to inputs made anew, so that no graph is shared."""
    inputs = [x.detach().clone().requires_grad_() for x in inputs]
    value = loss(*inputs)
    put(f"{name}.loss", value)
    for k, gradient in enumerate(torch.autograd.grad(value, inputs)):
        put(f"{name}.gradient{k}", gradient)


z1, z2, z3 = gen(6, 5, 0.37, 1.3), gen(6, 5, 0.41, 1.1), gen(6, 5, 0.29, 0.7)
batches = {
    "six": (torch.cat([z1, z2]), torch.tensor([0, 0, 1, 1, 2, 2] * 2)),
    "odd": (gen(11, 4, 0.37, 1.3), torch.tensor([0, 1, 0, 2, 1, 0, 3, 2, 0, 1, 2])),
}

plain = distances.LpDistance(normalize_embeddings=False)
pml = {
    "contrastive": losses.ContrastiveLoss(),
    "contrastive.margins": losses.ContrastiveLoss(pos_margin=0.3, neg_margin=1.4),
    "triplet": losses.TripletMarginLoss(),
    "triplet.swap": losses.TripletMarginLoss(margin=0.2, swap=True),
    "triplet.smooth": losses.TripletMarginLoss(margin=0.2, smooth_loss=True),
    "triplet.plain": losses.TripletMarginLoss(margin=0.2, distance=plain),
    "lifted": losses.LiftedStructureLoss(),
    "lifted.generalized": losses.GeneralizedLiftedStructureLoss(),
    "multi-similarity": losses.MultiSimilarityLoss(),
    "circle": losses.CircleLoss(),
    "margin": losses.MarginLoss(),
    "margin.tight": losses.MarginLoss(margin=0.1, beta=0.9),
    "angular": losses.AngularLoss(),
    "nca": losses.NCALoss(),
    "nca.sharp": losses.NCALoss(softmax_scale=9),
    "fast-ap": losses.FastAPLoss(),
    "fast-ap.fine": losses.FastAPLoss(num_bins=25),
    "tuplet-margin": losses.TupletMarginLoss(),
    "intra-pair-variance": losses.IntraPairVarianceLoss(),
    "snr-contrastive": losses.SignalToNoiseRatioContrastiveLoss(),
    "n-pair": losses.NPairsLoss(),
    "histogram": losses.HistogramLoss(n_bins=100),
    "histogram.coarse": losses.HistogramLoss(n_bins=10),
    "ranked-list": losses.RankedListLoss(margin=0.4, Tn=10),
    "ranked-list.weighted": losses.RankedListLoss(margin=0.6, Tn=3, Tp=2, imbalance=0.3, alpha=1.1),
}
for batch, (z, y) in batches.items():
    for name, loss in pml.items():
        put_loss(f"pml.{name}.{batch}", [z], lambda z: loss(z, y))

# Miners: one row a pair or triplet; those of pairs with a last column that says 1 for positives.
mined = {
    "batch-hard": miners.BatchHardMiner(),
    "batch-easy-hard": miners.BatchEasyHardMiner(),
    "triplet-margin.all": miners.TripletMarginMiner(0.2, "all"),
    "triplet-margin.hard": miners.TripletMarginMiner(0.2, "hard"),
    "triplet-margin.semihard": miners.TripletMarginMiner(0.2, "semihard"),
    "triplet-margin.easy": miners.TripletMarginMiner(0.2, "easy"),
    "multi-similarity": miners.MultiSimilarityMiner(),
    "multi-similarity.wide": miners.MultiSimilarityMiner(0.5),
    "pair-margin": miners.PairMarginMiner(),
    "angular": miners.AngularMiner(),
    "angular.steep": miners.AngularMiner(angle=35),
}
for positives in ["hard", "semihard", "easy", "all"]:
    for negatives in ["hard", "semihard", "easy", "all"]:
        if (positives, negatives) not in [("semihard", "semihard"), ("all", "semihard"), ("semihard", "all")]:
            mined[f"batch-easy-hard.{positives}.{negatives}"] = miners.BatchEasyHardMiner(positives, negatives)
mined["batch-easy-hard.range"] = miners.BatchEasyHardMiner(
    "hard", "hard", allowed_pos_range=(0.3, 1.2), allowed_neg_range=(0.5, 1.9))
for batch, (z, y) in batches.items():
    for name, miner in mined.items():
        found = miner(z, y)
        if len(found) == 3:
            rows = torch.stack(found, 1)
        else:
            kinds = [torch.ones_like(found[0]), torch.zeros_like(found[2])]
            rows = torch.cat([torch.stack([*found[k : k + 2], kinds[k // 2]], 1) for k in [0, 2]])
        put(f"miner.{name}.{batch}", rows)
for name, loss, miner in [
    ("triplet+batch-hard", losses.TripletMarginLoss(0.2), "batch-hard"),
    ("triplet+semihard", losses.TripletMarginLoss(0.2), "triplet-margin.semihard"),
    ("multi-similarity+multi-similarity", losses.MultiSimilarityLoss(), "multi-similarity"),
    ("contrastive+pair-margin", losses.ContrastiveLoss(), "pair-margin"),
    ("margin+semihard", losses.MarginLoss(), "triplet-margin.semihard"),
]:
    for batch, (z, y) in batches.items():
        put_loss(f"pml.{name}.{batch}", [z], lambda z: loss(z, y, mined[miner](z, y)))

# Relative frequency of every negative of every anchor under distance-weighted sampling, from the weights themselves.
torch.manual_seed(1)
counts = torch.zeros(11, 11)
z, y = batches["odd"]
for _ in range(4000):
    anchors, _, negatives = miners.DistanceWeightedMiner()(z, y)
    counts.index_put_((anchors, negatives), torch.ones(len(anchors)), accumulate=True)
put("miner.distance-weighted.odd", counts / counts.sum(1, keepdim=True).clamp(min=1))


class Sentences(torch.nn.Module):
    """What stands in for a model: the losses only keep it."""


def sentences(loss, labels):
    return lambda *inputs: loss.compute_loss_from_embeddings(list(inputs), labels)


pair_labels = torch.tensor([1, 0, 1, 0, 1, 0])
metric, triplet = st.SiameseDistanceMetric, st.TripletDistanceMetric
for name, distance in [("cosine", metric.COSINE_DISTANCE), ("euclidean", metric.EUCLIDEAN), ("manhattan", metric.MANHATTAN)]:
    margin = {"cosine": 0.5, "euclidean": 1.5, "manhattan": 3.5}[name]
    put_loss(f"st.contrastive.{name}", [z1, z2], sentences(st.ContrastiveLoss(Sentences(), distance, margin), pair_labels))
    loss = st.OnlineContrastiveLoss(Sentences(), distance, margin)
    put_loss(f"st.online-contrastive.{name}", [z1, z2], sentences(loss, pair_labels))
for name, distance in [("cosine", triplet.COSINE), ("euclidean", triplet.EUCLIDEAN), ("manhattan", triplet.MANHATTAN)]:
    for margin in [5, 0.1]:
        loss = st.TripletLoss(Sentences(), distance, margin)
        put_loss(f"st.triplet.{name}.{margin}", [z1, z2, z2.roll(1, 0)], sentences(loss, None))
functions = st.BatchHardTripletLossDistanceFunction
for batch, (z, y) in batches.items():
    for name, loss in [
        ("batch-all", st.BatchAllTripletLoss(Sentences())),
        ("batch-all.tight", st.BatchAllTripletLoss(Sentences(), margin=0.3)),
        ("batch-all.cosine", st.BatchAllTripletLoss(Sentences(), functions.cosine_distance, 0.3)),
        ("batch-hard", st.BatchHardTripletLoss(Sentences())),
        ("batch-hard.cosine", st.BatchHardTripletLoss(Sentences(), functions.cosine_distance, 0.3)),
        ("batch-hard-soft-margin", st.BatchHardSoftMarginTripletLoss(Sentences())),
        ("batch-semi-hard", st.BatchSemiHardTripletLoss(Sentences())),
        ("batch-semi-hard.tight", st.BatchSemiHardTripletLoss(Sentences(), margin=0.3)),
    ]:
        put_loss(f"st.{name}.{batch}", [z], sentences(loss, y))

versions = {"pytorch-metric-learning": pytorch_metric_learning.__version__, "sentence-transformers": sentence_transformers.__version__, "torch": torch.__version__}
print(versions)
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()) + "\n}\n")

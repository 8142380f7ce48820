"""Agreement of partitions, silhouettes, inertia and verification by scikit-learn, retrieval by pytorch-metric-learning
(pip install scikit-learn scipy pytorch-metric-learning faiss-cpu), which Kindred's evaluation is held against. Writes
partitions.json beside itself."""
import json, pathlib
import numpy as np
import scipy.optimize
import sklearn, torch
from sklearn import metrics
from sklearn.cluster import KMeans
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator

result = {"version.sklearn": {"shape": [3], "values": [int(part) for part in sklearn.__version__.split(".")[:3]]}}


def put(name, array):
    array = np.asarray(array, dtype=np.float64)
    result[name] = {"shape": list(array.shape), "values": [float(v) for v in array.flatten()]}


def agreement(name, clusters, classes):
    table = metrics.cluster.contingency_matrix(classes, clusters)
    rows, columns = scipy.optimize.linear_sum_assignment(-table)
    put(f"{name}.clusters", clusters)
    put(f"{name}.classes", classes)
    put(f"{name}.figures", [
        metrics.normalized_mutual_info_score(classes, clusters), metrics.adjusted_mutual_info_score(classes, clusters),
        metrics.adjusted_rand_score(classes, clusters), table[rows, columns].sum() / len(classes),
        table.max(axis=0).sum() / len(classes)])
    put(f"{name}.homogeneity", metrics.homogeneity_completeness_v_measure(classes, clusters))


rng = np.random.default_rng(1)
agreement("chance", rng.integers(4, size=60), rng.integers(5, size=60))
truth = rng.integers(5, size=80)
agreement("near", np.where(rng.random(80) < 0.25, rng.integers(7, size=80), truth), truth)
agreement("renamed", (truth * 3 + 1) % 5, truth)
agreement("onePart", np.zeros(20, int), rng.integers(3, size=20))
agreement("onePartBoth", np.zeros(5, int), np.zeros(5, int))
agreement("singles", np.arange(12), np.arange(12)[::-1])
agreement("singlesAgainstClasses", np.arange(12), np.arange(12) % 3)
agreement("negativeLabels", np.array([-5, 9, 9, -5, 2, 2]), np.array([7, 7, -1, -1, -1, 7]))

x = (rng.normal(size=(4, 6))[rng.integers(4, size=70)] * 2 + rng.normal(size=(70, 6)))
clusters = rng.integers(3, size=70)
clusters[11] = 9  # alone
put("silhouette.rows", x)
put("silhouette.clusters", clusters)
put("silhouette.mean", [metrics.silhouette_score(x, clusters)])
put("kmeans.inertia", [KMeans(4, n_init=200, random_state=1, tol=0).fit(x).inertia_])

same = rng.random(90) < 0.4
scores = np.round(rng.normal(size=90) + same * 1.2, 1)  # with ties
accepted, found, _ = metrics.roc_curve(same, scores, drop_intermediate=False)
put("pairs.scores", scores)
put("pairs.same", same)
put("pairs.figures", [
    metrics.roc_auc_score(same, scores), metrics.average_precision_score(same, scores),
    scipy.optimize.brentq(lambda rate: 1 - rate - np.interp(rate, accepted, found), 0, 1, xtol=1e-14)])
put("pairs.acceptedAt", [found[accepted <= rate].max() for rate in (0, 0.01, 0.1, 0.5, 1)])

y = rng.integers(6, size=90)
y[:3] = [10, 10, 11]  # a class of two, and one that is alone
z = (rng.normal(size=(12, 7))[y] * 0.8 + rng.normal(size=(90, 7))).astype(np.float32)
names = ("precision_at_1", "r_precision", "mean_average_precision_at_r", "mean_average_precision", "mean_reciprocal_rank")
# Every figure that is not asked for would be computed as well.
calculator = AccuracyCalculator(include=names, k=None, device=torch.device("cpu"))
unit = torch.nn.functional.normalize(torch.from_numpy(z))
labels = torch.from_numpy(y)
alone = calculator.get_accuracy(unit, labels)
apart = calculator.get_accuracy(unit[:30], labels[:30], unit[30:], labels[30:])
put("retrieval.rows", z)
put("retrieval.labels", y)
put("retrieval.alone", [alone[name] for name in names])
put("retrieval.apart", [apart[name] for name in names])
relevance = (y[:30, None] == y[None, 30:]).astype(float)
kept = relevance.sum(1) > 0
similarity = (unit[:30].double() @ unit[30:].double().T).numpy()
put("retrieval.gain", [metrics.ndcg_score(relevance[kept], similarity[kept], k=k) for k in (1, 5, 10)])

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")

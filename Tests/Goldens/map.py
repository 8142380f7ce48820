"""scikit-learn's t-SNE (pip install scikit-learn): probabilities, divergence and gradient at given places, and the divergence
that its own descents end with. Writes map.json beside itself."""
import json, pathlib
import numpy as np
import sklearn
from scipy.spatial.distance import squareform
from sklearn.manifold import TSNE
from sklearn.manifold import _t_sne

result = {"version.sklearn": {"shape": [3], "values": [int(part) for part in sklearn.__version__.split(".")[:3]]}}


def put(name, array):
    array = np.asarray(array, dtype=np.float64)
    result[name] = {"shape": list(array.shape), "values": [float(f"{v:.9g}") for v in array.flatten()]}


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


rng = np.random.default_rng(3)
n, perplexity = 45, 8
centres = rng.normal(size=(4, 6)) * 2
rows = centres[rng.integers(4, size=n)] + rng.normal(size=(n, 6))
rows = np.array([float(f"{v:.9g}") for v in rows.flatten()]).reshape(rows.shape)
places = rng.normal(size=(n, 2)) * 3
places = np.array([float(f"{v:.9g}") for v in places.flatten()]).reshape(places.shape)
z = unit(rows)
squares = ((z[:, None] - z[None]) ** 2).sum(-1)
p = _t_sne._joint_probabilities(squares.astype(np.float32), perplexity, verbose=0)
divergence, gradient = _t_sne._kl_divergence(places.ravel(), p, 1, n, 2)
put("rows", rows)
put("places", places)
put("probabilities", squareform(p))
put("divergence", [divergence])
put("gradient", gradient.reshape(n, 2))
# The descent is chaotic: of places that differ in the sixth digit every one ends elsewhere, so that many are compared.
start = (z - z.mean(0)) @ np.linalg.svd(z - z.mean(0), full_matrices=False)[2][:2].T
start = start / start[:, 0].std() * 1e-4
finals = [
    TSNE(perplexity=perplexity, method="exact", init=start + rng.normal(size=start.shape) * 1e-6, learning_rate="auto",
         max_iter=1000).fit(z).kl_divergence_
    for _ in range(24)
]
put("finalDivergences", finals)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")

"""Probabilities and accuracies of scikit-learn's LogisticRegression (pip install scikit-learn), which Kindred's linear
probe is held against. Writes evaluation.json beside itself."""
import json, pathlib
import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

result = {"version.sklearn": {"shape": [3], "values": [int(part) for part in sklearn.__version__.split(".")[:3]]}}


def put(name, array):
    array = np.asarray(array, dtype=np.float64)
    result[name] = {"shape": list(array.shape), "values": [float(f"{v:.7g}") for v in array.flatten()]}


def case(name, classes, dimensions, train, test, c, seed):
    """Overlapping clusters whose features differ in scale, offset and dependence on each other."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(classes, dimensions))
    mixing = rng.normal(size=(dimensions, dimensions)) * 0.4 + np.eye(dimensions)
    labels = rng.integers(classes, size=train + test)
    x = (centres[labels] + 1.2 * rng.normal(size=(train + test, dimensions))) @ mixing
    x = x * 10.0 ** rng.uniform(-2, 2, size=dimensions) + rng.normal(size=dimensions) * 5
    x = x.astype(np.float32).astype(np.float64)
    x = np.array([float(f"{v:.7g}") for v in x.flatten()]).reshape(x.shape)
    scaler = StandardScaler().fit(x[:train])
    model = LogisticRegression(C=c, tol=1e-10, max_iter=100000).fit(scaler.transform(x[:train]), labels[:train])
    put(f"{name}.train", x[:train])
    put(f"{name}.trainLabels", labels[:train])
    put(f"{name}.test", x[train:])
    put(f"{name}.testLabels", labels[train:])
    put(f"{name}.C", [c])
    put(f"{name}.probabilities", model.predict_proba(scaler.transform(x[train:])))
    put(f"{name}.accuracy", [model.score(scaler.transform(x[train:]), labels[train:])])
    if dimensions <= 8:
        put(f"{name}.weights", model.coef_)
        put(f"{name}.intercepts", model.intercept_)


case("manyClasses", classes=7, dimensions=12, train=300, test=200, c=1, seed=1)
case("heldDown", classes=4, dimensions=6, train=60, test=40, c=0.03, seed=2)
case("twoClasses", classes=2, dimensions=5, train=50, test=60, c=1, seed=3)
case("fewItems", classes=5, dimensions=40, train=25, test=30, c=1, seed=4)

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")

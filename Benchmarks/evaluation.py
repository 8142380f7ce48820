"""The peers of the measurements' benchmark, pytorch-metric-learning and lightly, driven line by line over standard input.

    version           answers with the libraries' versions
    threads N         computes on N threads from now on
    rows FILE N C     takes N rows of 128 numbers, float32, for what follows; row i is of class i mod C
    retrieval K       every row among all others, by AccuracyCalculator with k `None` or `max_bin_count`: answers with the
                      seconds that took, the bytes that the process held at most beyond what it held before, P@1,
                      R-precision and MAP@R, and with k None, MAP and MRR
    neighbors Q       the class of the first Q rows by the 200 nearest others, by knn_predict in batches of 256 with
                      temperature 0.1: answers with the seconds that took and the share that is right
"""

import sys
import time

import faiss
import numpy as np
import torch

# torchvision's compiled part belongs to another build of torch on some machines; lightly needs only these names.
library = torch.library.Library("torchvision", "FRAGMENT")
for name in ["nms", "qnms"]:
    try:
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import lightly
import pytorch_metric_learning
from lightly.utils.benchmarking import knn_predict
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator

NAMES = ["precision_at_1", "r_precision", "mean_average_precision_at_r", "mean_average_precision", "mean_reciprocal_rank"]
rows = labels = None


def retrieval(k):
    """What both settings of k get right: within the largest class's size MAP and MRR would not be the whole figures."""
    names = NAMES if k is None else NAMES[:3]
    calculator = AccuracyCalculator(include=names, k=k, device=torch.device("cpu"))
    with open("/proc/self/clear_refs", "w") as marks:
        marks.write("5")  # makes the system forget the highest mark so far
    before, start = held("VmRSS"), time.perf_counter()
    figures = calculator.get_accuracy(rows, labels)
    return [time.perf_counter() - start, held("VmHWM") - before] + [figures[name] for name in names]


def neighbors(count):
    classes = int(labels.max()) + 1
    start = time.perf_counter()
    bank = rows[count:].T.contiguous()
    right = 0
    for batch, truth in zip(rows[:count].split(256), labels[:count].split(256)):
        right += (knn_predict(batch, bank, labels[count:], classes, 200, 0.1)[:, 0] == truth).sum().item()
    return [time.perf_counter() - start, right / count]


def held(name):
    """A line of /proc/self/status, in bytes."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(f"{name}:"))


for line in sys.stdin:
    command, *rest = line.split()
    answer = ["done"]
    if command == "version":
        answer = [f"pytorch-metric-learning {pytorch_metric_learning.__version__}, faiss {faiss.__version__}, "
                  f"lightly {lightly.__version__}, PyTorch {torch.__version__}"]
    elif command == "threads":
        torch.set_num_threads(int(rest[0]))
        faiss.omp_set_num_threads(int(rest[0]))
    elif command == "rows":
        rows = torch.from_numpy(np.fromfile(rest[0], dtype=np.float32).reshape(int(rest[1]), -1))
        labels = torch.arange(len(rows)) % int(rest[2])
    elif command == "retrieval":
        answer = retrieval(None if rest[0] == "None" else rest[0])
    elif command == "neighbors":
        answer = neighbors(int(rest[0]))
    else:
        sys.exit(f"there is no command '{command}'")
    print(*answer, flush=True)

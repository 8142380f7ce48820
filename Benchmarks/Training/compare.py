"""Trains SimCLR with Kindred and with lightly's published example (peer.py), in turn, and compares them.

    compare.py train KINDRED FOLDER --work WORK [--epochs 2] [--seeds 1 2 3] [--sides kindred lightly]
    compare.py table WORK [--require]

FOLDER has the parts `train` and `test` with a folder of images for every class. Every run leaves one file in WORK, so
that a comparison can be made in several sittings; `table` compares what is there. Both sides get the same images, the
same encoder, head, batch, loss, optimizer, rate and views; what makes Kindred faster is how it computes them.

- images/s: from the first step that is reported (the fifth of ours, the first of lightly's) to the end of the last, all
  in: loading, views, loss, optimizer, the start of the next epoch's workers.
- memory: the largest sum of the process's and its workers' proportional set sizes, looked at four times a second, from
  the start to the end; ours also writes its report then. Pages that a process shares with its workers count once.
- kNN: weighted by exp(cosine/0.1) among the 200 nearest training images, from the encoder's features, computed here for
  both sides from what each of them embeds.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import threading
import time

import numpy

HERE = pathlib.Path(__file__).parent
BATCH = 256


def command_of_kindred(kindred, folder, run, epochs, seed):
    return [
        kindred, "train", "simclr", folder, "--run", run, "--epochs", epochs, "--seed", seed, "--size", 32,
        "--encoder", "resnet18", "--stem", "imagenet", "--recipe", HERE / "views.json", "--batch", BATCH,
        "--temperature", 0.5, "--optimizer", "sgd", "--momentum", 0, "--weight-decay", 0, "--rate", 0.06,
        "--warmup", 0, "--schedule", "constant", "--threads", 2, "--evaluate-every", 0,
    ]


def proportional_size(process):
    """Bytes of a process and its descendants, shared pages divided among those that share them."""
    total, waiting = 0, [process]
    while waiting:
        process = waiting.pop()
        try:
            for thread in pathlib.Path(f"/proc/{process}/task").iterdir():
                waiting += (thread / "children").read_text().split()
            total += int(re.search(r"^Pss:\s+(\d+)", pathlib.Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            pass  # it has ended
    return total * 1024


def watched(command, log):
    """Runs a command to its end: when it reported which step with which loss, and its largest size."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    largest = 0

    def watch():
        nonlocal largest
        while process.poll() is None:
            largest = max(largest, proportional_size(process.pid))
            time.sleep(0.25)

    watcher = threading.Thread(target=watch)
    watcher.start()
    steps = []
    with open(log, "w") as file:
        for line in process.stdout:
            file.write(line)
            if match := re.search(r"\bstep (\d+)/\d+.*?\bloss ([\d.]+)", line):
                steps.append((time.monotonic(), int(match[1]), float(match[2])))
    watcher.join()
    if process.wait() != 0:
        sys.exit(f"{command[0]} failed, see {log}")
    return steps, largest


def run(command):
    subprocess.run([str(word) for word in command], check=True, stderr=subprocess.DEVNULL)


def embeddings_of_kindred(kindred, folder, run_folder, work):
    found = {}
    for split in ["train", "test"]:
        path = work / f"{split}.jsonl"
        run([kindred, "embed", run_folder, folder, "--split", split, "-o", path])
        lines = [json.loads(line) for line in open(path)]
        path.unlink()
        classes = [pathlib.PurePath(line["title"]).parent.name for line in lines]
        names = sorted(set(classes))
        found[split] = numpy.array([line["embedding"] for line in lines], dtype=numpy.float32)
        found[f"{split}_labels"] = numpy.array([names.index(name) for name in classes])
    return found


def nearest_neighbours(found, count=200, temperature=0.1):
    """The share of test images whose class the training images vote for that are most alike."""
    unit = {split: found[split] / numpy.linalg.norm(found[split], axis=1, keepdims=True) for split in ["train", "test"]}
    right = 0
    for start in range(0, len(unit["test"]), 500):
        similar = unit["test"][start:start + 500] @ unit["train"].T
        nearest = numpy.argpartition(-similar, count, axis=1)[:, :count]
        weights = numpy.exp(numpy.take_along_axis(similar, nearest, 1) / temperature)
        votes = numpy.zeros((len(similar), found["train_labels"].max() + 1))
        numpy.add.at(votes, (numpy.arange(len(similar))[:, None], found["train_labels"][nearest]), weights)
        right += (votes.argmax(1) == found["test_labels"][start:start + 500]).sum()
    return right / len(unit["test"])


def train(arguments):
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    for seed in arguments.seeds:
        for side in arguments.sides:
            name, log = f"{side}-{arguments.epochs}-{seed}", work / f"{side}-{arguments.epochs}-{seed}.log"
            if side == "kindred":
                folder = work / name
                if folder.exists():
                    sys.exit(f"{folder} is there already; remove it, or name another --work")
                steps, largest = watched(
                    command_of_kindred(arguments.kindred, arguments.folder, folder, arguments.epochs, seed), log)
                found = embeddings_of_kindred(arguments.kindred, arguments.folder, folder, work)
            else:
                peer, model = [sys.executable, HERE / "peer.py"], work / f"{name}.pt"
                options = [arguments.folder, "--model", model]
                steps, largest = watched(
                    [*peer, "train", *options, "--epochs", arguments.epochs, "--seed", seed], log)
                run([*peer, "features", *options, "--output", work / "features.npz"])
                found = dict(numpy.load(work / "features.npz"))
            (first, last) = (steps[0], steps[-1])
            record = {
                "side": side, "epochs": arguments.epochs, "seed": seed, "memory": largest,
                "images_per_second": BATCH * (last[1] - first[1]) / (last[0] - first[0]),
                "first_loss": first[2], "last_loss": last[2], "knn": float(nearest_neighbours(found)),
                "images": [len(found["train"]), len(found["test"])],
            }
            print(json.dumps(record), flush=True)
            (work / f"{name}.json").write_text(json.dumps(record))


def table(arguments):
    records = [json.loads(path.read_text()) for path in sorted(arguments.work.glob("*-*-*.json"))]
    sides = {side: [record for record in records if record["side"] == side] for side in ["kindred", "lightly"]}
    if not all(sides.values()):
        sys.exit("both sides are needed")
    for record in records:
        # A loss that stays at log(2·256 − 1) or features that tell nothing would make the speed meaningless.
        if not (record["last_loss"] < record["first_loss"] - 0.1 and record["knn"] > 0.2):
            sys.exit(f"{record['side']} did not learn with seed {record['seed']}: {record}")

    def median(side, key):
        return statistics.median(record[key] for record in sides[side])

    print("| | Kindred | lightly | ratio | goal |\n|---|--:|--:|--:|--:|")
    speed = [median(side, "images_per_second") for side in sides]
    memory = [max(record["memory"] for record in sides[side]) / 2**20 for side in sides]
    knn = [statistics.mean(record["knn"] for record in sides[side]) for side in sides]
    print(f"| images/s, median | {speed[0]:.0f} | {speed[1]:.0f} | {speed[0] / speed[1]:.2f} | ≥ 2 |")
    print(f"| peak memory, MiB | {memory[0]:.0f} | {memory[1]:.0f} | {memory[0] / memory[1]:.2f} | ≤ 0.5 |")
    print(f"| kNN, mean | {knn[0]:.4f} | {knn[1]:.4f} | {knn[0] - knn[1]:+.4f} | ≥ −0.01 |")
    for side, runs in sides.items():
        print(f"\n{side}: " + "; ".join(
            f"seed {run['seed']}: {run['images_per_second']:.0f} images/s, {run['memory'] / 2**20:.0f} MiB, "
            f"kNN {run['knn']:.4f}, loss {run['first_loss']:.3f} → {run['last_loss']:.3f}" for run in runs))
    if arguments.require and not (speed[0] >= 2 * speed[1] and memory[0] <= memory[1] / 2 and knn[0] >= knn[1] - 0.01):
        sys.exit("a goal is missed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(dest="job", required=True)
    job = jobs.add_parser("train")
    job.add_argument("kindred")
    job.add_argument("folder")
    job.add_argument("--work", type=pathlib.Path, required=True)
    job.add_argument("--epochs", type=int, default=2)
    job.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    job.add_argument("--sides", nargs="+", choices=["kindred", "lightly"], default=["kindred", "lightly"])
    job = jobs.add_parser("table")
    job.add_argument("work", type=pathlib.Path)
    job.add_argument("--require", action="store_true", help="fail where a goal is missed")
    arguments = parser.parse_args()
    {"train": train, "table": table}[arguments.job](arguments)

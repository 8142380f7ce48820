"""The peer of the engine's benchmark: PyTorch's own loop, driven line by line over its standard input.

    load FILE    takes the weights, images and labels of a safetensors file, and begins training anew
    losses N     takes N steps and answers with their losses
    steps N      takes N steps and answers with the seconds they took
    add N        adds two 4×4 matrices N times and answers with the seconds that took
    version      answers with torch's version and its number of threads

The loop is the one of PyTorch's tutorials with its fast settings: bfloat16 autocast, channels-last, fused SGD.
"""

import json
import struct
import sys
import time

import torch

# torchvision's compiled part belongs to another build of torch; its models need only that these names exist.
library = torch.library.Library("torchvision", "DEF")
for name in ["nms", "qnms"]:
    library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision

TYPES = {"F32": torch.float32, "I64": torch.int64}


def read(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        elements = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(
            elements, dtype=TYPES[entry["dtype"]], offset=entry["data_offsets"][0],
            count=(entry["data_offsets"][1] - entry["data_offsets"][0]) // TYPES[entry["dtype"]].itemsize,
        ).reshape(entry["shape"]).clone()
        for name, entry in header.items()
    }


class Loop:
    def __init__(self, tensors):
        self.images = tensors.pop("images").contiguous(memory_format=torch.channels_last)
        self.labels = tensors.pop("labels")
        self.model = torchvision.models.resnet18(num_classes=10)
        self.model.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
        self.model.maxpool = torch.nn.Identity()
        self.model.load_state_dict(tensors)
        self.model = self.model.to(memory_format=torch.channels_last).train()
        self.optimizer = torch.optim.SGD(
            self.model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4, fused=True)

    def step(self):
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model(self.images)
        loss = torch.nn.functional.cross_entropy(logits.float(), self.labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


def timed(count, body):
    start = time.perf_counter()
    for _ in range(count):
        body()
    return time.perf_counter() - start


def add(count):
    a, b = torch.ones(4, 4), torch.ones(4, 4)
    start = time.perf_counter()
    for _ in range(count):
        a + b
    return time.perf_counter() - start


loop = None
for line in sys.stdin:
    command, *arguments = line.rstrip("\n").split(" ", 1)
    if command == "load":
        loop = Loop(read(arguments[0]))
        answer = "loaded"
    elif command == "losses":
        answer = " ".join(repr(loop.step()) for _ in range(int(arguments[0])))
    elif command == "steps":
        answer = timed(int(arguments[0]), loop.step)
    elif command == "add":
        answer = add(int(arguments[0]))
    elif command == "version":
        answer = f"{torch.__version__} {torch.get_num_threads()}"
    else:
        sys.exit(f"there is no command '{command}'")
    print(answer, flush=True)

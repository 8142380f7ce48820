"""The peer of the training benchmark: lightly's published example of SimCLR, on images of folders.

    peer.py train FOLDER --epochs N --seed S --model FILE       trains, a line a step on standard output
    peer.py features FOLDER --model FILE --output FILE.npz      embeds FOLDER/train and FOLDER/test

What is the example's: torchvision's ResNet-18 without its last layer, SimCLRProjectionHead(512, 512, 128),
SimCLRTransform(input_size=32, gaussian_blur=0), batches of 256, NTXentLoss(), SGD with a rate of 0.06, each view through
the model by itself, float32. What is not: the images come from folders and are decoded before the first step, as
torchvision's CIFAR10 holds them in memory; two workers load them, since there are two cores, not eight.

lightly 1.6, <https://docs.lightly.ai/self-supervised-learning/examples/simclr.html>
"""

import argparse
import pathlib

import numpy
import torch

# torchvision's compiled part may belong to another build of torch; its models need only that these names exist.
try:
    import torchvision
except RuntimeError:
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision

from lightly.loss import NTXentLoss
from lightly.models.modules import SimCLRProjectionHead
from lightly.transforms.simclr_transform import SimCLRTransform
from lightly.transforms.utils import IMAGENET_NORMALIZE
from PIL import Image


class SimCLR(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = torch.nn.Sequential(*list(torchvision.models.resnet18().children())[:-1])
        self.projection_head = SimCLRProjectionHead(512, 512, 128)

    def features(self, images):
        return self.backbone(images).flatten(start_dim=1)

    def forward(self, images):
        return self.projection_head(self.features(images))


class Folder(torch.utils.data.Dataset):
    """The images of class folders, decoded beforehand."""

    def __init__(self, folder, transform):
        paths = sorted(path for path in pathlib.Path(folder).glob("*/*") if path.is_file())
        names = sorted({path.parent.name for path in paths})
        self.images = numpy.stack([numpy.asarray(Image.open(path).convert("RGB")) for path in paths])
        self.labels = numpy.array([names.index(path.parent.name) for path in paths])
        self.transform = transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, item):
        return self.transform(Image.fromarray(self.images[item])), self.labels[item]


def train(arguments):
    torch.manual_seed(arguments.seed)
    model = SimCLR()
    loader = torch.utils.data.DataLoader(
        Folder(f"{arguments.folder}/train", SimCLRTransform(input_size=32, gaussian_blur=0.0)),
        batch_size=256, shuffle=True, drop_last=True, num_workers=2)
    criterion = NTXentLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.06)
    step = 0
    for _ in range(arguments.epochs):
        for (first, second), _ in loader:
            loss = criterion(model(first), model(second))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            print(f"step {step}/{arguments.epochs * len(loader)}  loss {loss.item():.4f}", flush=True)
    torch.save(model.state_dict(), arguments.model)


@torch.no_grad()
def features(arguments):
    model = SimCLR()
    model.load_state_dict(torch.load(arguments.model))
    model.eval()
    transform = torchvision.transforms.Compose([
        torchvision.transforms.ToTensor(),
        torchvision.transforms.Normalize(IMAGENET_NORMALIZE["mean"], IMAGENET_NORMALIZE["std"]),
    ])
    found = {}
    for split in ["train", "test"]:
        images = Folder(f"{arguments.folder}/{split}", transform)
        loader = torch.utils.data.DataLoader(images, batch_size=500)
        found[split] = torch.cat([model.features(batch) for batch, _ in loader]).numpy()
        found[f"{split}_labels"] = images.labels
    numpy.savez(arguments.output, **found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=["train", "features"])
    parser.add_argument("folder")
    parser.add_argument("--model", required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output")
    arguments = parser.parse_args()
    {"train": train, "features": features}[arguments.job](arguments)

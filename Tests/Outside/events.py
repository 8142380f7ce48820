"""Reads the event files of runs with TensorBoard's own reader and compares them with metrics.jsonl.

python events.py RUN…: every figure at every step, none twice, in order, and the picture of views, also of runs that were
killed and gone on with. Then cuts the last record of a copy short, as a killed process may leave it, with a later
session behind it, and reads again. Exits with 3 where tensorboard is not installed."""
import json, math, pathlib, shutil, struct, sys, tempfile

sys.path.pop(0)  # this folder, whose names must not hide packages
try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
except ImportError:
    sys.exit(3)


def lines(run):
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def scalars(folder):
    reader = EventAccumulator(str(folder), size_guidance={"scalars": 0, "images": 0})
    reader.Reload()
    return reader, {tag: [(e.step, e.value) for e in reader.Scalars(tag)] for tag in reader.Tags()["scalars"]}


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def compare(run, folder):
    reader, found = scalars(folder)
    expected = {}
    for line in lines(run):
        for name, value in line.items():
            if name != "step":
                value = struct.unpack("<f", struct.pack("<f", float(value)))[0]
                expected.setdefault(name, []).append((int(line["step"]), value))
    assert found.keys() == expected.keys(), (sorted(found), sorted(expected))
    for name, points in expected.items():
        assert len(points) == len(found[name]), f"{name}: {len(found[name])} points, not {len(points)}"
        for (step, value), (other_step, other) in zip(points, found[name]):
            assert step == other_step and same(value, other), f"{name} at {step}: {other} at {other_step}, not {value}"
    pictures = reader.Images("views")
    assert len(pictures) == 1 and pictures[0].step == 0, "one picture of views, of step 0"
    png = pictures[0].encoded_image_string
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (pictures[0].width, pictures[0].height)
    return sum(map(len, expected.values()))


for run in map(pathlib.Path, sys.argv[1:]):
    files = sorted(run.glob("events.out.tfevents.*"))
    count = compare(run, run)
    print(f"{run.name}: {count} figures in {len(files)} event files are those of metrics.jsonl")
    if len(files) > 1:
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                shutil.copy(file, folder)
            # What a killed process leaves: half a record, of a step that is told again later.
            with open(f"{folder}/{files[-2].name}", "ab") as cut:
                cut.write(files[-1].read_bytes()[:30])
            compare(run, folder)
        print(f"{run.name}: half a record before a later session changes nothing")

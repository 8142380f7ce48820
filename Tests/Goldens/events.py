"""Records of event files as TensorBoard's own writer frames them, a byte a number. Writes events.json beside itself.

Needs tensorboard beside what README.md names (made with 2.21.0)."""
import json, os, pathlib, tempfile
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

events = {
    "version": event_pb2.Event(wall_time=1234567890.25, step=0, file_version="brain.Event:2"),
    "start": event_pb2.Event(
        wall_time=1234567890.25, step=301,
        session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)),
    "figures": event_pb2.Event(
        wall_time=1234567890.5, step=1 << 40,
        summary=summary_pb2.Summary(value=[
            summary_pb2.Summary.Value(tag="loss", simple_value=0.1),
            summary_pb2.Summary.Value(tag="recall@10", simple_value=float("inf")),
            summary_pb2.Summary.Value(tag="Ähnlichkeit", simple_value=-2.5e-20)])),
}
result = {}
for name, event in events.items():
    handle, path = tempfile.mkstemp()
    with os.fdopen(handle, "wb") as file:
        RecordWriter(file).write(event.SerializeToString())
    values = list(pathlib.Path(path).read_bytes())
    os.unlink(path)
    result[name] = {"shape": [len(values)], "values": values}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")

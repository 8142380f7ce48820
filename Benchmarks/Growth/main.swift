// How the time per image grows with the batch, the size of the images and the encoder.
//
//     swift run -c release KindredGrowth batch|size|encoder [ENCODER] >>Benchmarks/growth.csv
//     swift run -c release KindredGrowth workers PHOTOS >>Benchmarks/growth.csv
//     python3 Benchmarks/growth.py              (draws Benchmarks/growth.svg, prints the tables)
//
// Each line is the fastest of several rounds after one to warm up: `training` is forward and backward in training mode,
// `embedding` forward alone. Images are random and lie ready; no optimizer, loss or decoding is in the time.

import Foundation
import Layers
import Models
import Tensors

/// One line of the table.
struct Point {
  let encoder: String
  let side, batch: Int
  let precision: Precision
  var isTraining = true

  /// Milliseconds an image, in the fastest of at least three rounds and half a second.
  func milliseconds() throws -> Double {
    let tree = ParameterTree(seed: 1)
    let network = try ImageEncoderRecipe(named: encoder, imageSize: side).make(tree.root)
    let weights = tree.trainable.map(\.value)
    let images = Tensor.normal([batch, 3, side, side], from: RandomSource(seed: 2)).contiguous(.channelsLast)
    let direction = Tensor.normal([batch, network.featureCount], from: RandomSource(seed: 3))
    let mode = Mode.training(RandomSource(seed: 4))
    func round() {
      if isTraining {
        let features = withPrecision(precision) { network(images, mode) }.to(.float32)
        _ = (features * direction).sum().gradients(of: weights)
      } else {
        _ = withoutGradient { withPrecision(precision) { network(images, .evaluation) } }
      }
    }
    round()
    var (fastest, total, rounds) = (Double.infinity, 0.0, 0)
    while rounds < 3 || total < 0.5 {
      let duration = ContinuousClock().measure(round).components
      let seconds = Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
      fastest = min(fastest, seconds)
      total += seconds
      rounds += 1
    }
    return 1000 * fastest / Double(batch)
  }
}

/// Writes a line of the table.
func write(_ columns: [String]) throws {
  try FileHandle.standardOutput.write(contentsOf: Data("\(columns.joined(separator: ","))\n".utf8))
}

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "workers" {
  try measureWorkers(photos: CommandLine.arguments[2], write)
  exit(0)
}

let few = ["small", "resnet18", "vit-tiny", "convnext-atto"]
let points: [Point]
switch CommandLine.arguments.dropFirst().first {
case "batch":
  points = few.flatMap { encoder in
    [1, 4, 16, 64, 128].flatMap { batch in
      Precision.allCases.map { Point(encoder: encoder, side: 32, batch: batch, precision: $0) }
    }
  }
case "size":
  points = few.flatMap { encoder in
    [32, 64, 96, 128, 224].flatMap { side in
      Precision.allCases.map { Point(encoder: encoder, side: side, batch: 16, precision: $0) }
    }
  }
case "encoder":
  points = ImageEncoderRecipe.names.flatMap { encoder in
    Precision.allCases.flatMap { precision in
      [
        Point(encoder: encoder, side: 32, batch: 16, precision: precision),
        Point(encoder: encoder, side: 224, batch: 8, precision: precision, isTraining: false),
      ]
    }
  }
default:
  try FileHandle.standardError.write(
    contentsOf: Data("KindredGrowth: name what grows: batch, size, encoder, or workers and photos\n".utf8))
  exit(2)
}

let only = CommandLine.arguments.dropFirst(2).first
Engine.keepFreedMemory()
for point in points where only == nil || point.encoder == only {
  let time = try (point.milliseconds() * 1000).rounded() / 1000
  try write([
    CommandLine.arguments[1], point.encoder, "\(point.side)", "\(point.batch)", point.precision.rawValue,
    point.isTraining ? "training" : "embedding", "\(time)",
  ])
}

import Basics
import BenchSupport
import Foundation
import Inference
import Tokenizers

// What Benchmarks/text.py and the scripts of Tests/Outside run:
//
//   KindredTextBench numbers TOKENIZER TEXTS FILE   writes what every text is tokenized to: counts and numbers, int32
//   KindredTextBench time TOKENIZER TEXTS           prints the seconds of one pass over all texts
//   KindredTextBench copy MODEL FOLDER              reads a sentence encoder and writes it
//
// TEXTS holds texts in UTF-8, each behind its length in bytes, a uint32.

let words = Array(CommandLine.arguments.dropFirst())
if words.count == 3, words[0] == "copy" {
  try SentenceModel(contentsOf: words[1]).write(to: words[2])
  exit(0)
}
guard words.count == 4 && words[0] == "numbers" || words.count == 3 && words[0] == "time" else {
  stop("takes numbers TOKENIZER TEXTS FILE, time TOKENIZER TEXTS, or copy MODEL FOLDER")
}
let tokenizer = try Tokenizer(contentsOf: words[1])
var texts: [String] = []
try Files.bytes(of: words[2]).withUnsafeBytes { bytes in
  var place = 0
  while place < bytes.count {
    let count = Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    texts.append(String(decoding: bytes[place + 4..<place + 4 + count], as: UTF8.self))
    place += 4 + count
  }
}
var batch: TextBatch = tokenizer([])
let time = seconds { batch = tokenizer(texts) }
if words[0] == "time" {
  say("\(time)")
} else {
  var numbers: [Int32] = []
  for text in 0..<batch.count {
    numbers.append(Int32(batch[text].count))
    numbers += batch[text].map(Int32.init)
  }
  try Files.write(words[3]) { sink in try numbers.withUnsafeBytes { try sink.append($0) } }
}

import Basics
import TestSupport
import Tensors
import Testing

@Suite struct SafeTensorsTests {
  @Test(arguments: DataType.allCases) func roundTrips(type: DataType) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.safetensors"
      let x = Tensor([0, 1, 1, 0, 1, 0] as [Double], shape: [2, 3]).to(type)
      try SafeTensors(["b.x": x, "a": .zeros([0, 4], type: type), "s": Tensor(1, type: type)], metadata: ["k": "v"])
        .write(to: path)
      let read = try SafeTensors(contentsOf: path)
      #expect(read.metadata == ["k": "v"])
      #expect(Set(read.tensors.keys) == ["a", "b.x", "s"])
      #expect(read.tensors["b.x"]!.type == type)
      #expect(read.tensors["b.x"]!.shape == [2, 3])
      #expect(read.tensors["b.x"]!.values(as: Double.self) == [0, 1, 1, 0, 1, 0])
      #expect(read.tensors["a"]!.shape == [0, 4])
      #expect(read.tensors["s"]!.shape == [])
    }
  }

  @Test func mappedTensorsOutliveTheReader() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.safetensors"
      try SafeTensors(["x": .range(0..<10_000)]).write(to: path)
      let x = try SafeTensors(contentsOf: path).tensors["x"]!
      #expect((x.sum()).item() == 49_995_000)
    }
  }

  @Test(arguments: [
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "tensor 'x' of 8 bytes is said to lie at 0..<4"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "where 0 comes next"),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8,
      "has 8 bytes of elements where its header accounts for 4"
    ),
    (#"{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 8, "the file is truncated or damaged"),
    (#"{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}"#, 4, "the type Q4, which is not supported"),
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "impossible shape [-1]"),
    (#"{"x":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4, "impossible shape"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "its header cannot be understood"),
    (#"{"x":{"dtype":"F32"}}"#, 4, "its header cannot be understood"),
    ("not json", 4, "its header cannot be understood"),
  ])
  func refusesHeadersThatLie(header: String, byteCount: Int, problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.safetensors"
      var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      bytes += Array(header.utf8) + [UInt8](repeating: 0, count: byteCount)
      try Files.write(path, bytes: bytes)
      let error = #expect(throws: InputError.self) { try SafeTensors(contentsOf: path) }
      #expect(error?.description.contains(problem) == true, "\(error as Any)")
      #expect(error?.place == path)
    }
  }

  @Test func survivesEveryTruncationAndManyMutations() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.safetensors"
      try SafeTensors(["a": .range(0..<4), "b": .ones([2, 2])], metadata: ["k": "v"]).write(to: path)
      let whole = try Files.bytes(of: path)
      for length in 0..<whole.count {
        try Files.write(path, bytes: whole.prefix(length))
        #expect(throws: InputError.self) { try SafeTensors(contentsOf: path) }
      }
      var stream = RandomStream(seed: 1)
      for _ in 0..<500 {
        var bytes = whole
        for _ in 0...stream.integer(below: 3) {
          bytes[stream.integer(below: 200)] = UInt8(truncatingIfNeeded: stream.next())
        }
        try Files.write(path, bytes: bytes)
        do {
          for tensor in try SafeTensors(contentsOf: path).tensors.values { _ = tensor.values(as: Double.self) }
        } catch is InputError {}
      }
    }
  }
}

@Suite struct NumPyFileTests {
  @Test(arguments: DataType.allCases) func roundTrips(type: DataType) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npy"
      for shape in [[2, 3], [6], [1, 2, 3]] {
        let x = Tensor([0, 1, 1, 0, 1, 0] as [Double], shape: shape).to(type)
        try NumPyFile.write(x, to: path)
        let read = try NumPyFile.read(path)
        #expect(read.shape == shape)
        #expect(read.type == (type == .bfloat16 ? .float32 : type))
        #expect(read.values(as: Double.self) == [0, 1, 1, 0, 1, 0])
      }
      try NumPyFile.write(Tensor(3), to: path)
      #expect(try NumPyFile.read(path).shape == [])
    }
  }

  /// Bytes that numpy 2 writes for np.asfortranarray([[1, 2, 3], [4, 5, 6]], dtype='<i4').
  @Test func readsColumnMajorOrder() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npy"
      var header = Array("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }".utf8)
      header += [UInt8](repeating: 32, count: 117 - header.count) + [10]
      let elements: [UInt8] = [1, 4, 2, 5, 3, 6].flatMap { [$0, 0, 0, 0] as [UInt8] }
      let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
      try Files.write(path, bytes: start + header + elements)
      #expect(try NumPyFile.read(path).values(as: Int.self) == [1, 2, 3, 4, 5, 6])
    }
  }

  @Test func survivesEveryTruncationAndManyMutations() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npy"
      try NumPyFile.write(.ones([3, 2]), to: path)
      let whole = try Files.bytes(of: path)
      for length in 0..<whole.count {
        try Files.write(path, bytes: whole.prefix(length))
        #expect(throws: InputError.self) { try NumPyFile.read(path) }
      }
      var stream = RandomStream(seed: 2)
      for _ in 0..<500 {
        var bytes = whole
        for _ in 0...stream.integer(below: 3) {
          bytes[stream.integer(below: 128)] = UInt8(truncatingIfNeeded: stream.next())
        }
        try Files.write(path, bytes: bytes)
        do { _ = try NumPyFile.read(path).values(as: Double.self) } catch is InputError {}
      }
    }
  }
}

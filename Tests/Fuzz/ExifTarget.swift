/// A fuzz target over what finds the orientation in Exif data (Scripts/fuzz), compiled together with it.
@_cdecl("LLVMFuzzerTestOneInput")
public func lookForOrientation(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let file = UnsafeRawBufferPointer(start: start, count: count)
  for format in ImageFormat.allCases {
    let orientation = Orientation(of: file, format)
    precondition((1...8).contains(orientation.rawValue))
  }
  return 0
}

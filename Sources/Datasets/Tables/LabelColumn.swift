/// Collects the classes of items one after another, a number an item and every name once.
struct LabelColumn {
  /// What the classes are.
  let name: String
  /// More different names than this are no classes.
  private let most: Int
  private var codes: [Int32] = []
  private var names: [String] = []
  private var codesByName: [String: Int32] = [:]
  /// Whether there were too many names.
  private(set) var isDropped = false

  /// Begins a column, with so many items that have no class.
  init(name: String, most: Int = Int(Int32.max), without missing: Int = 0) {
    self.name = name
    self.most = most
    codes = Array(repeating: -1, count: missing)
  }

  /// The number of items so far.
  var count: Int { codes.count }

  /// The number of different names so far.
  var classCount: Int { names.count }

  /// Adds an item's class, or that it has none.
  mutating func add(_ text: String?) {
    if isDropped { return }
    guard let text else { return codes.append(-1) }
    if let code = codesByName[text] { return codes.append(code) }
    guard names.count < most else {
      isDropped = true
      (codes, names, codesByName) = ([], [], [:])
      return
    }
    let code = Int32(names.count)
    names.append(text)
    codesByName[text] = code
    codes.append(code)
  }

  /// Whether two of what was added have different classes; who has none contradicts nobody.
  func differ(_ one: Int32, _ other: Int32) -> Bool {
    guard !isDropped else { return false }
    let (a, b) = (codes[Int(one)], codes[Int(other)])
    return a >= 0 && b >= 0 && a != b
  }

  /// The labeling of everything that was added.
  func labeling() -> Labeling? { labeling(of: codes.indices.map(Int32.init)) }

  /// The labeling of some of what was added, −1 for an item that has none; nil when the names are not classes: none at
  /// all, or too many.
  ///
  /// Classes are in the order of their names' bytes, or of their values where all are whole numbers.
  func labeling(of chosen: [Int32]) -> Labeling? {
    guard !isDropped, !names.isEmpty else { return nil }
    let numbers = names.map { Int($0) }
    let order =
      numbers.contains(nil)
      ? names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
      : names.indices.sorted { (numbers[$0]!, names[$0]) < (numbers[$1]!, names[$1]) }
    var places = [Int32](repeating: 0, count: names.count)
    for (place, code) in order.enumerated() { places[code] = Int32(place) }
    let labels = chosen.map { item in
      let code = item < 0 ? -1 : codes[Int(item)]
      return code < 0 ? -1 : places[Int(code)]
    }
    return Labeling(name: name, classes: order.map { names[$0] }, Labels(codes: labels))
  }
}

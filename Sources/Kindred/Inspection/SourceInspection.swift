/// What there is to know of a source after looking at every image and text: what it holds, and what may be wrong with it.
///
/// It takes some 70 bytes of memory an image, 20 a caption, and 384 bytes an image of temporary files.
public struct SourceInspection: Sendable, Encodable {
  /// The source's name.
  public let name: String
  /// Items in all, to learn from, and kept for measuring.
  public let items, train, test: Int
  /// The smallest and the largest width and height in pixels; zeros where no image can be decoded.
  public let smallest, largest: [Int]
  /// The classes of every labeling, by its name.
  public let classes: [String: ClassBalance]
  /// The captions; nil where there are none.
  public let captions: CaptionReport?
  /// How the source was understood.
  public let notes: [String]
  /// Parts of the source that were left out when it was opened.
  public let leftOut: Problems
  /// Items that cannot be decoded.
  public let broken: Problems
  /// Images of a single colour, or nearly.
  public let blank: Examples
  /// Images that are the same, pixel by pixel.
  public let exactCopies: CopyReport
  /// Images that look alike without being the same.
  public let nearCopies: CopyReport

  /// Reads every text and decodes every image of a source.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - workers: Threads that decode; the result does not depend on it.
  ///   - report: Called now and then with the number of images that are done.
  /// - Throws: `InputError` when there is no room for temporary files.
  public init(of source: any ImageSource, workers: Int = 1, report: (Int) -> Void = { _ in }) throws {
    name = source.name
    items = source.count
    train = source.split.train.count
    test = source.split.test.count
    notes = source.notes
    leftOut = Problems(source.remarks)
    classes = Dictionary(uniqueKeysWithValues: source.labelings.map { ($0.name, ClassBalance(of: $0, in: source)) })
    let shared = SharedCaptions(of: source)
    captions = shared.captionCount > 0 ? CaptionReport(shared) : nil

    let survey = try ImageSurvey(of: source, workers: workers, report: report)
    smallest = [survey.widths?.lowerBound ?? 0, survey.heights?.lowerBound ?? 0]
    largest = [survey.widths?.upperBound ?? 0, survey.heights?.upperBound ?? 0]
    broken = Problems(survey.broken)
    let titles = survey.blank
    blank = Examples(count: titles.count, first: titles.prefix(20).map(source.title))
    let copies = CopySearch(in: survey)
    let exact = copies.exact.shared
    let known = Set(exact)
    exactCopies = CopyReport(CopyFindings(of: exact, in: source), of: source)
    nearCopies = CopyReport(CopyFindings(of: copies.near.shared.filter { !known.contains($0) }, in: source), of: source)
  }

  /// Things that are counted, with the titles of the first.
  public struct Examples: Hashable, Sendable, Encodable {
    /// How many there are.
    public let count: Int
    /// What the first are called.
    public let first: [String]
  }

  /// What was wrong with some of many things.
  public struct Problems: Hashable, Sendable, Encodable {
    /// With how many.
    public let count: Int
    /// What was wrong with the first, a line each.
    public let first: [String]

    init(_ remarks: Remarks) {
      count = remarks.count
      first = remarks.first.map(\.description)
    }
  }
}

/// The captions of a source.
public struct CaptionReport: Hashable, Sendable, Encodable {
  /// A caption, and how many images have it.
  public struct Shared: Hashable, Sendable, Encodable {
    /// The caption.
    public let text: String
    /// How many images have it.
    public let images: Int
  }

  /// Images that have captions, and images that share one with another.
  public let images, sharing: Int
  /// Captions in all, and how many different ones.
  public let captions, different: Int
  /// The captions that most images share.
  public let most: [Shared]

  init(_ found: SharedCaptions) {
    (images, sharing) = (found.itemCount, found.sharingCount)
    (captions, different) = (found.captionCount, found.differentCount)
    most = found.most.map { Shared(text: $0.text, images: $0.items) }
  }
}

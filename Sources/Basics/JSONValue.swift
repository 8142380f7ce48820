/// Any JSON, to look at before its meaning is known: which keys there are, and what is missing.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    case .array(let array): try container.encode(array)
    case .object(let object): try container.encode(object)
    }
  }
}

extension JSONValue {
  /// The JSON as a person would write it: what fits into the rest of a line stands on one line, the key `first` comes
  /// first, all others in alphabetical order.
  package func text(width: Int = 110, first: String = "kind") -> String {
    lines(indent: "", used: 0, width: width, first: first)
  }

  private func lines(indent: String, used: Int, width: Int, first: String) -> String {
    let short = line(first: first)
    guard indent.count + used + short.count > width else { return short }
    let deeper = indent + "  "
    switch self {
    case .array(let items):
      let rows = items.map { deeper + $0.lines(indent: deeper, used: 1, width: width, first: first) }
      return "[\n\(rows.joined(separator: ",\n"))\n\(indent)]"
    case .object(let object):
      let rows = Self.sorted(object, first: first).map { key, value in
        let name = "\(Self.quoted(key)): "
        return deeper + name + value.lines(indent: deeper, used: name.count + 1, width: width, first: first)
      }
      return "{\n\(rows.joined(separator: ",\n"))\n\(indent)}"
    default: return short
    }
  }

  private func line(first: String) -> String {
    switch self {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    case .string(let string): Self.quoted(string)
    case .array(let items): "[" + items.map { $0.line(first: first) }.joined(separator: ", ") + "]"
    case .object(let object):
      "{"
        + Self.sorted(object, first: first).map { "\(Self.quoted($0)): \($1.line(first: first))" }
        .joined(separator: ", ") + "}"
    }
  }

  private static func sorted(_ object: [String: JSONValue], first: String) -> [(key: String, value: JSONValue)] {
    object.sorted { ($0.key == first ? 0 : 1, $0.key) < ($1.key == first ? 0 : 1, $1.key) }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

import Arguments
import Kindred

/// `kindred doctor`.
let doctor = Command(
  "doctor", "Say what is here, what is missing, and what to do about it",
  examples: [Example("", "every line begins with ok or with what to do")], options: [jsonOption]
) { values in
  let findings = Diagnosis.ofThisMachine()
  if values[jsonOption] {
    Console.print(try Report.json(findings))
  } else {
    for finding in findings {
      Console.print("\(finding.isFine ? "ok     " : "missing") \(finding.name): \(finding.state)")
      if let remedy = finding.remedy { Console.print("        → \(remedy)") }
    }
  }
}

extension Program {
  /// A script for fish: a line an option or command, each with the command it belongs to as its condition.
  func fishCompletion(_ entries: [CompletionEntry]) -> String {
    """
    # Completes \(name)'s command lines in fish. Written by '\(name) completion fish'.
    function __\(name)_at --description 'Whether the line begins with these commands'
      set -l words (commandline -opc)[2..-1]
      set -l words (string match --invert -- '-*' $words)
      set -l depth (count $argv)
      test (count $words) -ge $depth; or return 1
      test $depth -eq 0; or test "$words[1..$depth]" = "$argv"
    end
    function __\(name)_just --description 'Whether the line has these commands only'
      set -l words (commandline -opc)[2..-1]
      set -l words (string match --invert -- '-*' $words)
      test "$words" = "$argv"
    end
    complete -c \(name) -f
    \(entries.flatMap(fishLines).joined(separator: "\n"))
    """
  }

  private func fishLines(_ entry: CompletionEntry) -> [String] {
    let here = entry.path.joined(separator: " ")
    let at = "complete -c \(name) -n \(quoted("__\(name)_at \(here)"))"
    let just = "complete -c \(name) -n \(quoted("__\(name)_just \(here)"))"
    let commands = entry.command.subcommands.map { "\(just) -a \($0.name) -d \(fish($0.summary))" }
    let options = entry.command.options.flatMap { option -> [String] in
      let short = option.short.map { " -s \($0)" } ?? ""
      let line = "\(at)\(short) -l \(option.name)\(fishValue(option.form)) -d \(fish(option.summary))"
      return option.isNegatable ? [line, "\(at) -l no-\(option.name)"] : [line]
    }
    let arguments = entry.command.arguments.prefix(1).compactMap { argument -> String? in
      if argument.form.isPath { return "\(at) -F" }
      return argument.form.choices.isEmpty ? nil : "\(just) -a \(fish(argument.form.choices.joined(separator: " ")))"
    }
    let version = entry.path.isEmpty ? ["\(just) -l version -d 'Show the version'"] : []
    return commands + options + arguments + ["\(at) -s h -l help -d 'Show help'"] + version
  }

  private func fishValue(_ form: Form?) -> String {
    guard let form else { return "" }
    if form.isPath { return " -r -F" }
    return form.choices.isEmpty ? " -x" : " -x -a \(fish(form.choices.joined(separator: " ")))"
  }

  private func fish(_ text: String) -> String {
    quoted(text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\"), escape: "\\'")
  }
}

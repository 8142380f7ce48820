extension Program {
  /// A script for zsh: a function a command, each a call of `_arguments`, the standard helper.
  func zshCompletion(_ entries: [CompletionEntry]) -> String {
    """
    #compdef \(name)
    # Completes \(name)'s command lines in zsh. Written by '\(name) completion zsh'.
    \(entries.map(zshFunction).joined(separator: "\n"))
    if [ "$funcstack[1]" = \(quoted("_\(name)")) ]; then
      _\(name) "$@"
    else
      compdef _\(name) \(name)
    fi
    """
  }

  private func zshName(_ path: [String]) -> String {
    "_" + ([name] + path).map { $0.map { $0 == "-" ? "_" : String($0) }.joined() }.joined(separator: "_")
  }

  private func zshFunction(_ entry: CompletionEntry) -> String {
    let function = zshName(entry.path)
    guard !entry.command.subcommands.isEmpty else {
      let specifications =
        entry.command.options.flatMap(zshOption) + ["'(- *)'{-h,--help}'[Show help]'"]
        + entry.command.arguments.enumerated().map(zshArgument)
      return "\(function)() {\n  _arguments -s -S \\\n    "
        + specifications.joined(separator: " \\\n    ") + "\n}"
    }
    let version = entry.path.isEmpty ? "'(- *)--version[Show the version]' " : ""
    let names = entry.command.subcommands.map { quoted("\(escaped($0.name)):\($0.summary)") }
    let branches = entry.command.subcommands.map { "      \($0.name)) \(zshName(entry.path + [$0.name])) ;;" }
    return """
      \(function)() {
        local context state state_descr line
        typeset -A opt_args
        _arguments -C '(- *)'{-h,--help}'[Show help]' \(version)'1: :->command' '*:: :->rest'
        case $state in
        command)
          local -a names
          names=(
            \(names.joined(separator: "\n      "))
          )
          _describe command names ;;
        rest)
          case $line[1] in
      \(branches.joined(separator: "\n"))
          esac ;;
        esac
      }
      """
  }

  private func zshOption(_ option: OptionDeclaration) -> [String] {
    var names = CompletionEntry.names(of: option)
    if option.isNegatable { names.append("--no-\(option.name)") }
    let value = option.form.map { ":\(escaped($0.placeholder)):\(zshValues($0))" } ?? ""
    let exclusion = option.isRepeated ? "*" : "(\(names.joined(separator: " ")))"
    return names.map { name in
      quoted(
        "\(exclusion)\(name)\(option.form == nil || name.count == 2 ? "" : "=")[\(escaped(option.summary))]\(value)")
    }
  }

  private func zshArgument(_ index: Int, _ argument: ArgumentDeclaration) -> String {
    let place = argument.isRest ? "*" : "\(index + 1)"
    return quoted("\(place):\(argument.isRequired ? "" : ":")\(escaped(argument.name)):\(zshValues(argument.form))")
  }

  private func zshValues(_ form: Form) -> String {
    form.choices.isEmpty ? form.isPath ? "_files" : " " : "(\(form.choices.joined(separator: " ")))"
  }

  /// A text with the characters escaped that mean something to `_arguments`.
  private func escaped(_ text: String) -> String {
    text.map { "\\:[]".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

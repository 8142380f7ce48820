extension Program {
  /// A script for bash 3.2 (the one of macOS) and later: it walks the words before the cursor to the command, then
  /// offers commands, options, or the values of the option before the cursor.
  func bashCompletion(_ entries: [CompletionEntry]) -> String {
    let function = "_\(name)_complete"
    return """
      # Completes \(name)'s command lines in bash. Written by '\(name) completion bash'.
      \(function)() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' i commands='' options='' values=''
        # bash splits --name=value into three words.
        if [ "$word" = = ]; then
          word=''
        elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 1 ]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "$path ${COMP_WORDS[i]}" in
      \(entries.dropFirst().map { "      \(quoted(" " + $0.path.joined(separator: " ")))) ;;" }.joined(separator: "\n"))
            *) continue ;;
          esac
          path="$path ${COMP_WORDS[i]}"
        done
        case "$path" in
      \(entries.map(bashCase).joined(separator: "\n"))
        esac
        COMPREPLY=()
        case "$values" in
          '') ;;
          :none) return ;;
          :path) commands='' options='' ;;
          *) COMPREPLY=($(compgen -W "$values" -- "$word")); return ;;
        esac
        case "$word" in
          -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
          *)
            if [ -n "$commands" ]; then
              COMPREPLY=($(compgen -W "$commands" -- "$word"))
            else
              local IFS=$'\\n'
              COMPREPLY=($(compgen -f -- "$word"))
              compopt -o filenames 2>/dev/null
            fi ;;
        esac
      }
      complete -F \(function) \(name)
      """
  }

  /// What can follow one command: a branch of the script.
  private func bashCase(_ entry: CompletionEntry) -> String {
    let command = entry.command
    var words = command.subcommands.map(\.name)
    words += command.arguments.first?.form.choices ?? []
    var lines = [
      "    \(quoted(entry.path.map { " \($0)" }.joined())))",
      "      commands=\(quoted(words.joined(separator: " ")))",
      "      options=\(quoted(entry.typedOptions.joined(separator: " ")))",
    ]
    let valued = command.options.compactMap { option in option.form.map { (option, $0) } }
    if !valued.isEmpty {
      lines.append("      case \"$before\" in")
      for (option, form) in valued {
        let values = !form.choices.isEmpty ? form.choices.joined(separator: " ") : form.isPath ? ":path" : ":none"
        let names = CompletionEntry.names(of: option).joined(separator: "|")
        lines.append("        \(names)) values=\(quoted(values)) ;;")
      }
      lines.append("      esac")
    }
    lines.append("      ;;")
    return lines.joined(separator: "\n")
  }
}

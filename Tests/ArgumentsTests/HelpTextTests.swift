import Arguments
import Testing

@Suite struct HelpTextTests {
  @Test func helpOfTheProgram() throws {
    let expected = """
      Learn by comparing.

      Examples:
        kindred train clip emoji  train on emoji

      Usage: kindred COMMAND

      Commands:
        train       Train a model
        search      Find images by words
        list        Count what is there
        move        Move by a number
        completion  Write a script that completes command lines
        help        Show how to use a command

      Options:
        -h, --help     Show this help
            --version  Show the version
      """
    #expect(try shown("") == expected)
    #expect(try shown("help") == expected)
    #expect(try shown("--help") == expected)
  }

  @Test func helpOfACommand() throws {
    let expected = """
      Train an image and a text encoder on pairs.

      Examples:
        kindred train clip emoji  train on the machine's own emoji
        kindred train clip photos/ --epochs 10 --batch 512 --precision bfloat16
                                  a longer line, explained below it

      Usage: kindred train clip SOURCE [options]

      Arguments:
        SOURCE  Images to learn from: a folder, a file or a built-in name

      Options:
        -e, --epochs N       Passes over the data (at least 1; default: from the data)
        -b, --batch N        Size of a step (in examples; from 2 to 65536; default:
                             256)
            --temperature X  Divisor of the similarities (above 0; default: 0.5)
            --precision float32|bfloat16
                             Numbers to compute with (default: float32)

      Output:
        -t, --tag TEXT     A word to find the run by (may be repeated)
        -j, --json         Print one JSON object
            --[no-]flip    Mirror half of the images (default: yes)
            --[no-]color   Colour the lines (default: on a terminal)
            --config PATH  Options of an earlier run
        -h, --help         Show this help

      A run that is interrupted goes on with 'kindred resume'.
      """
    #expect(try shown("train clip --help") == expected)
    #expect(try shown("help train clip") == expected)
    #expect(try shown("train -h clip") != expected, "help stops where the line is no longer a command")
    #expect(try shown("train clip emoji --epoch -h") == expected, "help is given whatever else is wrong")
  }

  @Test func helpOfAGroup() throws {
    #expect(try shown("help train") == shown("train --help"))
    #expect(try shown("help train").contains("Usage: kindred train COMMAND\n\nCommands:\n  clip  Train an image"))
  }

  @Test func usageShowsWhatMayBeLeftOut() throws {
    #expect(try shown("help search").contains("Usage: kindred search MODEL QUERY... [options]\n"))
    #expect(try shown("help list").contains("Usage: kindred list SOURCE [SPLIT]\n"))
    #expect(try shown("help list").contains("  [SPLIT]  Which part (default: all of it)\n"))
    #expect(try shown("help help").contains("Usage: kindred help [COMMAND...]\n"))
  }

  @Test func noLineIsWiderThanATerminal() throws {
    for line in ["", "help train", "help train clip", "help search", "help list", "help completion"] {
      for row in try shown(line).split(separator: "\n") where row.count > 80 {
        Issue.record("\(row.count) columns: \(row)")
      }
    }
  }

  @Test func version() throws {
    #expect(try shown("--version") == "kindred 0.1.0")
  }
}

using Spectre.Console;

namespace Chancery.Cli;

/// <summary>Where the command reads and writes, so that a test can stand in for a terminal.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">Progress and problems.</param>
public sealed record Terminal(Stream In, TextWriter Out, TextWriter Error)
{
    /// <summary>Standard output as bytes, for what is no text; null where it takes text only.</summary>
    public Stream? Bytes { get; init; }

    /// <summary>Whether a person looks at the output, who likes colours.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether a person looks at standard error, who likes to see progress.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether a person looks at standard error, wherever the output goes; for commands that print nothing until they end.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Characters in a line.</summary>
    public int Width { get; init; } = 100;

    /// <summary>A page to lay out text and tables on, as wide and as colourful as the terminal.</summary>
    internal IAnsiConsole Page(TextWriter to)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(to),
        });
        console.Profile.Width = Width;
        return console;
    }

    /// <summary>Writes a page without the blanks that fill its lines up, which get in the way of those who copy and compare.</summary>
    internal static void Trim(string page, TextWriter to)
    {
        foreach (var line in page.TrimEnd('\n').AsSpan().EnumerateLines())
            to.Write($"{line.TrimEnd(' ')}\n");
    }

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        var plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new(Console.OpenStandardInput(), Console.Out, Console.Error)
        {
            Bytes = Console.OpenStandardOutput(),
            Colour = !Console.IsOutputRedirected && !plain,
            IsWatched = !Console.IsErrorRedirected,
            ShowsProgress = !Console.IsErrorRedirected && Console.IsOutputRedirected,
            Width = Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 40, 120),
        };
    }
}

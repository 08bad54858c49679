namespace Chancery.Formats.Intake;

/// <summary>What may come in, and how much of it. The defaults fit news; every limit is there because files come from strangers.</summary>
public sealed record IntakeOptions
{
    /// <summary>The defaults.</summary>
    public static IntakeOptions Default { get; } = new();

    /// <summary>The largest file that holds one document, unpacked, in bytes. Files of rows have no limit of their own. Default: 64 MiB.</summary>
    public long LargestFile { get; init; } = 64L << 20;

    /// <summary>The longest row of a JSON Lines or CSV file, in UTF-16 units; longer ones are refused. Default: 16 Mi.</summary>
    public int LongestRow { get; init; } = 16 << 20;

    /// <summary>The most elements of an HTML page; live pages of a day have some 30,000. Default: 100,000.</summary>
    public int MostElements { get; init; } = 100_000;

    /// <summary>The most elements that may be open at once in an HTML page. Default: 4,096.</summary>
    public int DeepestPage { get; init; } = 4096;

    /// <summary>The most pages of a PDF file that are read. Default: 2,000.</summary>
    public int MostPages { get; init; } = 2000;

    /// <summary>The longest that one page or PDF file may take. Default: 20 seconds.</summary>
    public TimeSpan LongestTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Which column or field of a row is what.</summary>
    public ColumnMapping Columns { get; init; } = ColumnMapping.Default;

    /// <summary>
    /// Takes a line of a JSON Lines file that is a record (<c>"schema":"chancery/record/…"</c>) and no document; says whether it was
    /// taken. Where it is null or says no, such a line is a problem.
    /// </summary>
    public Func<string, bool>? Raw { get; init; }

    /// <summary>Told after each document of a file how many of its bytes were read, and of how many; null to tell nobody.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Guess the language of documents that do not state it. Default: yes; else they count as English.</summary>
    public bool GuessLanguage { get; init; } = true;
}

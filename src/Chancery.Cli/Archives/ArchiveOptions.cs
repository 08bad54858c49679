using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Chancery.Archive;
using Chancery.Lexicon;

namespace Chancery.Cli.Archives;

/// <summary>What every command over an archive takes: its file, and tables of one's own.</summary>
internal sealed class ArchiveOptions
{
    private readonly Option<string?> _archive = new("--archive") { Description = "The archive's file, or how to reach its PostgreSQL database (Host=…;Database=…); otherwise that of $CHANCERY_ARCHIVE, or the file in your folder for data.", HelpName = "FILE" };
    private readonly Option<string?> _lexicon = LexiconCommand.Overlay();

    public void AddTo(Command command)
    {
        command.Add(_archive);
        command.Add(_lexicon);
    }

    public Lazy<WorldLexicon> Lexicon(ParseResult parsed) => LexiconCommand.Source(parsed.GetValue(_lexicon));

    public string Path(ParseResult parsed) =>
        parsed.GetValue(_archive) ?? (Environment.GetEnvironmentVariable("CHANCERY_ARCHIVE") is { Length: > 0 } set ? set : Archive.Archive.DefaultPath);

    public Archive.Archive Open(ParseResult parsed, bool create = false)
    {
        var lexicon = Lexicon(parsed);
        // Faults of tables of one's own are told whatever is asked.
        if (parsed.GetValue(_lexicon) is not null)
            _ = lexicon.Value;
        return Archive.Archive.Open(Path(parsed), lexicon, create);
    }
}

/// <summary>The options that choose entries of a view.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _actor = new("--actor") { Description = "Who: a name or a part of it; a state stands for all of its people and bodies.", HelpName = "NAME" };
    private readonly Option<string?> _with = new("--with") { Description = "And who else.", HelpName = "NAME" };
    private readonly Option<string?> _on = new("--on") { Description = "To whom it is done or said; of positions, on which issue.", HelpName = "NAME" };
    private readonly Option<string?> _source = new("--word-of") { Description = "On whose word.", HelpName = "NAME" };
    private readonly Option<string[]> _type = new("--type") { Description = "Type of event, kind of measure or dispute, speech act, occasion of the diary; several with commas.", HelpName = "TYPE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _status = new("--status") { Description = "Status or stance; several with commas.", HelpName = "STATUS", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _from = new("--from") { Description = "The first day, as 2024-04-08, 2024-04 or 2024.", HelpName = "DATE" };
    private readonly Option<string?> _to = new("--to") { Description = "The last day.", HelpName = "DATE" };
    private readonly Option<string?> _place = new("--place") { Description = "A place, or a country's code.", HelpName = "PLACE" };
    private readonly Option<string?> _publisher = new("--publisher") { Description = "Who published a report of it.", HelpName = "NAME" };
    private readonly Option<bool> _claimed = new("--claimed") { Description = "Only what a source claims." };
    private readonly Option<bool> _own = new("--own-voice") { Description = "Only what reporters say in their own voice." };
    private readonly Option<bool> _contradicted = new("--contradicted") { Description = "Only what some reports say did not happen, and others that it did." };
    private readonly Option<int> _limit = new("--limit") { Description = "How many entries.", DefaultValueFactory = _ => 50, HelpName = "N" };
    private readonly Option<string?> _after = new("--after") { Description = "Go on where a page ended: what it printed last.", HelpName = "WHERE" };

    public FilterOptions()
    {
        foreach (var day in new[] { _from, _to })
        {
            day.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is { } text && Records.Edtf.Days(text) is null)
                    result.AddError($"{day.Name} {text}: not a date; write it as 2024-04-08, 2024-04 or 2024.");
            });
        }
        _limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 100_000))
                result.AddError($"--limit {result.Tokens[0].Value}: give a whole number from 1 to 100000.");
        });
    }

    /// <summary>What chooses reports, and means nothing for what stands in them.</summary>
    public void AddReportsTo(Command command)
    {
        foreach (var option in new Option[] { _actor, _with, _from, _to, _publisher, _limit })
            command.Add(option);
    }

    /// <summary>What chooses reports and statements with some words.</summary>
    public void AddSearchTo(Command command)
    {
        foreach (var option in new Option[] { _actor, _with, _on, _source, _type, _from, _to, _publisher, _limit })
            command.Add(option);
    }

    /// <summary>What chooses relations.</summary>
    public void AddRelationsTo(Command command)
    {
        foreach (var option in new Option[] { _actor, _with, _from, _to, _limit })
            command.Add(option);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _actor, _with, _on, _source, _type, _status, _from, _to, _place, _publisher, _claimed, _own, _contradicted, _limit, _after })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_claimed) && result.GetValue(_own))
                result.AddError("--claimed and --own-voice exclude each other.");
        });
    }

    public ArchiveFilter Bind(ParseResult parsed) => new()
    {
        Actor = parsed.GetValue(_actor),
        With = parsed.GetValue(_with),
        On = parsed.GetValue(_on),
        WordOf = parsed.GetValue(_source),
        Kinds = Several(parsed.GetValue(_type)),
        Statuses = Several(parsed.GetValue(_status)),
        From = Records.Edtf.Days(parsed.GetValue(_from))?.First,
        To = Records.Edtf.Days(parsed.GetValue(_to))?.Last,
        Place = parsed.GetValue(_place),
        Publisher = parsed.GetValue(_publisher),
        Claimed = parsed.GetValue(_claimed) ? true : parsed.GetValue(_own) ? false : null,
        Contradicted = parsed.GetValue(_contradicted),
        Limit = parsed.GetValue(_limit),
        After = parsed.GetValue(_after),
    };

    private static string[] Several(string[]? values) => [.. (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}

using Chancery.Archive;
using Chancery.Records;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Screens;
using Chancery.Web.Serving;
using Microsoft.Extensions.Logging;

namespace Chancery.Web.Mcp;

/// <summary>The look-ups of the archive: whatever they find comes with the words that say so and the address of the document in which they stand.</summary>
/// <param name="archive">Where to look.</param>
/// <param name="addressOf">The address of the document of a key.</param>
/// <param name="log">Told what should never happen.</param>
internal sealed class LookUps(Archive.Archive archive, Func<string, string> addressOf, ILogger log)
{
    // An answer is read by somebody who forgets what is far behind: short unless asked for more.
    private const int Usual = 10, Most = 100, UsualQuotes = 2, UsualText = 10_000, MostText = 50_000;

    private static readonly Parameter Limit = new("limit", ParameterKind.Whole, "How many entries.") { Least = 1, Most = Most, Usual = Usual };
    private static readonly Parameter Key = new("key", ParameterKind.Words, "The key of a document, as quotes have it.") { Required = true };
    private static readonly Parameter Start = new("start", ParameterKind.Whole, "Where in the text to begin, in Unicode code points.") { Least = 0, Most = int.MaxValue, Usual = 0 };
    private static readonly Parameter Characters = new("characters", ParameterKind.Whole, "How much of the text.") { Least = 1, Most = MostText, Usual = UsualText };
    private static readonly Parameter Name = new("name", ParameterKind.Words, "A name, a part of one, or a key; of a state, all of its people and bodies. Without it, those in most documents.");

    private Shaping Shaping => new(archive, addressOf);

    /// <summary>All of them.</summary>
    public IReadOnlyList<LookUp> All =>
    [
        new("find_actors", "Find actors", "Who is in the archive: people, organisations, states, groups, media, with country, offices, the key by which other look-ups can be asked, and the latest words about each.", [Name, Limit, Parameters.Skip], Actors, log),
        .. ListScreens.Views.Select(v => new LookUp(v.Name, v.Title, AboutOf(v.View), Of(v.View), asked => View(v.View, asked), log)),
        new("relations", "Relations", "Co-operation and conflict between two actors: how many events, the sum and mean of their scores from -10 (hostile) to 10 (co-operative), by month where asked, and the latest events with their words.",
            [.. Parameters.Relations.Where(p => p.Name is not ("limit" or "after")), Limit, Parameters.Skip], Relations, log),
        new("search", "Search", "Documents and statements with some words, the best first.", [Parameters.Words, Limit, Parameters.Skip], Search, log),
        new("document", "Document", "A document: where it was published, and its text or a part of it.", [Key, Start, Characters], Text, log),
    ];

    /// <summary>The text of a document; null where there is none of that key.</summary>
    public Document? Find(string key) => archive.Source(key);

    private object View(ArchiveView view, Asked asked)
    {
        var page = archive.Entries(view, asked.Filter(asked.Whole("limit") ?? Usual) with { After = asked.Text("after") }, asked.Whole("quotes") ?? UsualQuotes);
        var shaping = Shaping;
        return new { entries = page.Entries.Select(e => (object)shaping.Of(view, e)).ToArray(), after = page.Next };
    }

    private object Actors(Asked asked)
    {
        var (shaping, page) = (Shaping, Skipped.Page((most, skip) => archive.Actors(asked.Text("name"), most, skip), asked.Whole("limit") ?? Usual, asked.Text("after")));
        return new { entries = page.Entries.Select(a => new { actor = Shaping.Of(a), evidence = Latest(a.Key).SelectMany(shaping.Quotes).Take(1).ToArray() }).ToArray(), after = page.Next };

        IEnumerable<ArchiveEntry> Latest(string key) => new[] { ArchiveView.Statements, ArchiveView.Timeline }.SelectMany(v => archive.Entries(v, new() { Actor = key, Limit = 1 }, 1).Entries);
    }

    private object Relations(Asked asked)
    {
        var (shaping, months) = (Shaping, asked.Truth("months"));
        var page = Skipped.Page((most, skip) => archive.Relations(asked.Text("actor"), asked.Text("with"), most, skip, months), asked.Whole("limit") ?? Usual, asked.Text("after"));
        return new
        {
            entries = page.Entries.Select(r => new
            {
                relation = Shaping.Of(r, months),
                latest = archive.Entries(ArchiveView.Timeline, new() { Actor = r.One.Id, With = r.Other.Id, Limit = 2 }, 1).Entries.Select(shaping.Event).ToArray(),
            }).ToArray(),
            after = page.Next,
        };
    }

    private object Search(Asked asked)
    {
        var (shaping, limit, skip) = (Shaping, asked.Whole("limit") ?? Usual, asked.Whole("after") ?? 0);
        var (documents, statements) = archive.Search(asked.Text(Parameters.Words), limit + 1, skip);
        return new
        {
            documents = documents.Take(limit).Select(shaping.Of).ToArray(),
            statements = statements.Take(limit).Select(shaping.Statement).ToArray(),
            after = documents.Count > limit || statements.Count > limit ? (int?)(skip + limit) : null,
        };
    }

    private object Text(Asked asked)
    {
        var key = asked.Text(Key);
        var found = archive.Find(key) ?? throw Refusal.Missing("CH0423", $"{Asked.Shown(key)}: no such document in the archive; quotes have the keys of theirs.");
        var text = found.Document.Text;
        var (from, most) = (asked.Whole(Start.Name) ?? 0, asked.Whole(Characters.Name) ?? UsualText);
        var begin = Units(text, 0, from);
        var end = Units(text, begin, most);
        return new
        {
            document = Shaping.Of(found),
            start = from,
            text = text[begin..end],
            next = end < text.Length ? (int?)(from + most) : null,
        };
    }

    /// <summary>Where in the text so many code points after some place end.</summary>
    private static int Units(string text, int from, int points)
    {
        for (; points > 0 && from < text.Length; points--)
            from += char.IsHighSurrogate(text[from]) && from + 1 < text.Length && char.IsLowSurrogate(text[from + 1]) ? 2 : 1;
        return from;
    }

    private static IReadOnlyList<Parameter> Of(ArchiveView view) => [.. Parameters.Of(view).Select(p => p.Name switch
    {
        "limit" => Limit,
        "quotes" => p with { Most = Limits.MostWords, Usual = UsualQuotes, Least = 1 },
        _ => p,
    })];

    private static string AboutOf(ArchiveView view) => view switch
    {
        ArchiveView.Timeline => "Events, newest first: who did what to whom, when and where; whether it happened, is planned, possible or denied (status); whether only a source claims it (claimed, wordOf).",
        ArchiveView.Statements => "Who said what to whom, newest first, and through whom it is known (via); with the kind of speech act.",
        ArchiveView.Diary => "Visits, meetings, calls, negotiations, summits, speeches: held, planned, expected or cancelled.",
        ArchiveView.Measures => "Sanctions, restrictions, tariffs and the like, and their lifting: who, on whom, and whether in force, announced, threatened, considered or lifted.",
        ArchiveView.Positions => "What actors hold on issues: the stance, how often, since when.",
        _ => "Accusations with their answers, and words against deeds. The last are questions for the reader and no verdicts.",
    };
}

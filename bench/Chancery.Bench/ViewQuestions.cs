using Chancery.Archive;

namespace Chancery.Bench;

/// <summary>A question put to an archive in several ways, one after the other.</summary>
/// <param name="Name">As the command would be typed.</param>
/// <param name="Ask">From the archive and the number of the way to how much came back.</param>
internal sealed record ViewQuestion(string Name, Func<Archive.Archive, int, int> Ask)
{
    /// <summary>Asks, and takes no answer for a failure: what is asked for is there.</summary>
    public void Put(Archive.Archive archive, int way)
    {
        if (Ask(archive, way) == 0)
            throw new InvalidOperationException($"{Name}: an empty answer the {way + 1}. time, though the archive holds what was asked for.");
    }
}

/// <summary>
/// The first page of every view as lists show it, with each of its filters. What is asked for is taken from the archive: actors, pairs, months, places, publishers that the view has
/// entries of. A view that has nothing of a kind is not asked for it.
/// </summary>
internal sealed class ViewQuestions
{
    private const int PageSize = 50, MostQuotes = 3, Ways = 40;

    // Days between entries that are looked at for what the archive holds: some from every season of it.
    private const int Season = 97;

    private readonly Archive.Archive _archive;
    private readonly List<ViewQuestion> _questions = [];

    private ViewQuestions(Archive.Archive archive) => _archive = archive;

    public static IReadOnlyList<ViewQuestion> Of(Archive.Archive archive) => new ViewQuestions(archive).All();

    private List<ViewQuestion> All()
    {
        List<string> actors = [.. _archive.Actors(null, Ways).Select(a => a.Key)], documents = [.. _archive.Documents(new() { Limit = Ways }).Select(d => d.Key)];
        List<string> names = [.. _archive.Actors(null, Ways).Select(a => a.Name)];
        foreach (var view in Enum.GetValues<ArchiveView>())
            AskOf(view, actors);
        List<(string One, string Other)> related = [.. _archive.Relations(null, null, Ways).Select(r => (r.One.Id, r.Other.Id))];
        Add("relations", [0], (a, _) => a.Relations(null, null, PageSize).Count);
        Add("relations --actor", related, (a, p) => a.Relations(p.One, null, PageSize).Count);
        Add("relations --actor --with --months", related, (a, p) => a.Relations(p.One, p.Other, PageSize, 0, months: true).Count);
        Add("actors", [0], (a, _) => a.Actors(null, PageSize).Count);
        Add("actors --actor", names, (a, n) => a.Actors(n, PageSize).Count);
        Add("documents", [0], (a, _) => a.Documents(new() { Limit = PageSize }).Count);
        Add("documents --actor", actors, (a, n) => a.Documents(new() { Actor = n, Limit = PageSize }).Count);
        Add("a document", documents, (a, d) => a.Find(d) is null ? 0 : 1);
        string[] words = ["sanctions", "border talks", "\"foreign minister\"", "troop*", "canal"];
        Add("search", [.. words.Where(w => Found(_archive, w) > 0)], Found);
        return _questions;

        static int Found(Archive.Archive archive, string words) => archive.Search(words, PageSize) is var (documents, statements) ? documents.Count + statements.Count : 0;
    }

    private void AskOf(ArchiveView view, List<string> actors)
    {
        var (name, some) = (view.ToString().ToLowerInvariant(), Some(view));
        List<ArchiveFilter> whose = [.. actors.Select(a => new ArchiveFilter { Actor = a })];
        Ask("", [new()]);
        Ask("--actor", whose);
        // Of two who are often named first; then of two of one entry, where a view seldom has two.
        Ask("--actor --with", [.. whose.Zip(whose.Skip(1), (one, other) => one with { With = other.Actor })
            .Concat(some.Select(e => e.Who.Concat(e.With).Concat(e.WordOf).Select(a => a.Id).Distinct().Take(2).ToList()).Where(two => two.Count == 2).Select(two => new ArchiveFilter { Actor = two[0], With = two[1] }))]);
        Ask("--from --to", [.. some.Select(e => e.Day).OfType<DateOnly>().Select(d => new DateOnly(d.Year, d.Month, 1)).Distinct().Select(m => new ArchiveFilter { From = m, To = m.AddMonths(1).AddDays(-1) })]);
        Ask("--publisher", [.. some.SelectMany(e => e.Publishers).Distinct().Select(p => new ArchiveFilter { Publisher = p })]);
        Ask("--place", [.. some.Select(e => e.PlaceCountry ?? e.Place).OfType<string>().Distinct().Select(p => new ArchiveFilter { Place = p })]);
        Ask("--type --status", [.. some.Where(e => e.Status is not null).Select(e => (e.Kind, Status: e.Status!)).Distinct().Select(e => new ArchiveFilter { Kinds = [e.Kind], Statuses = [e.Status] })]);
        Ask("--actor --claimed --from", [.. whose.Select(w => w with { Claimed = true, From = some.Min(e => e.Day) })]);
        if (view is ArchiveView.Timeline or ArchiveView.Statements)
            Ask("--actor --evidence", whose, MostQuotes);

        void Ask(string filters, List<ArchiveFilter> ways, int quotes = 0)
        {
            List<ArchiveFilter> held = [.. ways.Where(f => Count(_archive, f) > 0).Take(Ways)];
            Add($"{name} {filters}".TrimEnd(), held, Count);

            int Count(Archive.Archive archive, ArchiveFilter filter) => archive.Entries(view, filter with { Limit = PageSize }, quotes).Entries.Count;
        }
    }

    /// <summary>Entries of a view from all of its time.</summary>
    private List<ArchiveEntry> Some(ArchiveView view)
    {
        var (some, until) = (new List<ArchiveEntry>(), (DateOnly?)null);
        while (_archive.Entries(view, new() { To = until, Limit = 3 }, 0).Entries is { Count: > 0 } entries)
        {
            some.AddRange(entries);
            if (entries[^1].Day is not { } day)
                break;
            until = day.AddDays(-Season);
        }
        return some;
    }

    private void Add<T>(string name, IReadOnlyList<T> ways, Func<Archive.Archive, T, int> ask)
    {
        if (ways.Count == 0)
            Console.Error.WriteLine($"{name}: not asked; the archive holds nothing of the kind.");
        else
            _questions.Add(new(name, (archive, way) => ask(archive, ways[way % ways.Count])));
    }
}

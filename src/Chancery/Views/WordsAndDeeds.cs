using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Views;

/// <summary>Somebody speaks against an issue.</summary>
/// <param name="Statement">Where.</param>
/// <param name="Issue">Against what.</param>
/// <param name="Country">For which country he speaks, ISO 3166-1 alpha-3 or PLOVER's.</param>
public sealed record WordAgainst(Statement Statement, Issue Issue, string Country);

/// <summary>A country, or a bank, firm or agency of it, does what does not go with speaking against an issue.</summary>
/// <param name="Event">What it does.</param>
/// <param name="Issue">The issue.</param>
/// <param name="Country">Whose body does it.</param>
/// <param name="By">Those of the doers that are of the country, ids within the record.</param>
public sealed record DeedFor(Event Event, Issue Issue, string Country, IReadOnlyList<string> By);

/// <summary>What may part: what is said against an issue, and what is done. Put side by side they are a question, never a verdict.</summary>
public static class WordsAndDeeds
{
    /// <summary>What a record's statements say against issues for which the lexicon knows contrary deeds.</summary>
    public static IEnumerable<WordAgainst> WordsIn(Record record, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(lexicon);
        var countries = Countries(record);
        foreach (var statement in record.Statements)
        {
            if (statement.Speaker is not { } speaker || !countries.TryGetValue(speaker, out var country) || statement.Act == SpeechAct.Threaten || Positions.StanceOf(statement.Act) is not Stance.Opposes)
                continue;
            var words = statement.TextIn(record.Document.Text).ToLowerInvariant();
            foreach (var issue in lexicon.Issues.Where(i => i.Deeds.Count > 0 && i.Words.Any(w => words.Contains(w, StringComparison.Ordinal))))
                yield return new(statement, issue, country);
        }
    }

    /// <summary>A record's events that happened and do not go with speaking against an issue. People act for themselves only.</summary>
    public static IEnumerable<DeedFor> DeedsIn(Record record, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(lexicon);
        var countries = Countries(record);
        var bodies = record.Actors.Where(a => a.Kind != ActorKind.Person).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return
            from deed in record.Events
            where deed.Status == EventStatus.Actual
            from issue in lexicon.Issues
            where issue.Deeds.Contains(deed.Type, StringComparer.Ordinal)
            from doers in deed.Source.Where(s => bodies.Contains(s) && countries.ContainsKey(s)).GroupBy(s => countries[s], StringComparer.Ordinal)
            select new DeedFor(deed, issue, doers.Key, [.. doers]);
    }

    private static Dictionary<string, string> Countries(Record record) =>
        record.Actors.Where(a => a.Country is not null).ToDictionary(a => a.Id, a => a.Country!, StringComparer.Ordinal);
}

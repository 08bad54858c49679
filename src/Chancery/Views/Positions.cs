using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Views;

/// <summary>What an actor holds of an issue.</summary>
public enum Stance
{
    /// <summary>Is for it.</summary>
    Supports,

    /// <summary>Is against it.</summary>
    Opposes,

    /// <summary>Takes no side.</summary>
    Neutral,

    /// <summary>Has been for it and against it.</summary>
    Ambivalent,
}

/// <summary>Where an actor stands on an issue.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Issue">On what: an issue of the lexicon, else the words themselves.</param>
/// <param name="Stance">For or against.</param>
/// <param name="Times">How often it was said or done.</param>
/// <param name="Evidence">The words.</param>
public sealed record Position(ViewActor Actor, string Issue, Stance Stance, int Times, IReadOnlyList<Evidence> Evidence);

/// <summary>The positions of actors on issues, from what they say and do.</summary>
public static class Positions
{
    private const int LongestIssue = 80;

    // In words: where a demand says what is to end.
    private const int FirstWords = 6;

    // In words: of a rejection that only names what it rejects.
    private const int LongestName = 6;

    private static readonly char[] Marks = [' ', ',', '.', ';', '"', '\u201c', '\u201d', '\u2018', '\u2019', '\n'];

    /// <summary>The positions that some records hold, by actor.</summary>
    public static IReadOnlyList<Position> Of(IReadOnlyCollection<Record> records, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(lexicon);
        var items = RecordLookup.Of(records).SelectMany(r => FromStatements(r, lexicon).Concat(FromEvents(r, lexicon)));
        return
        [
            .. items.GroupBy(p => (p.Actor.Id, p.Issue))
                .Select(g => g.First() with
                {
                    Stance = g.Select(p => p.Stance).Distinct().Count() == 1 ? g.First().Stance : Stance.Ambivalent,
                    Times = g.Count(),
                    Evidence = [.. g.SelectMany(p => p.Evidence).DistinctBy(e => (e.Document, e.Span))],
                })
                .OrderBy(p => p.Actor.Name, StringComparer.Ordinal).ThenBy(p => p.Issue, StringComparer.Ordinal),
        ];
    }

    /// <summary>The stance that a speech act takes to what is spoken of; null where it takes none.</summary>
    internal static Stance? StanceOf(SpeechAct act) => act switch
    {
        // Who threatens a thing is for it.
        SpeechAct.Praise or SpeechAct.Support or SpeechAct.Agree or SpeechAct.Propose or SpeechAct.Promise or SpeechAct.Threaten => Stance.Supports,
        SpeechAct.Accuse or SpeechAct.Criticise or SpeechAct.Reject or SpeechAct.Deny or SpeechAct.Warn => Stance.Opposes,
        SpeechAct.Demand => Stance.Supports,
        _ => null,
    };

    /// <summary>The issue that some words name; the words themselves, cut to fit, where they name none of the lexicon's.</summary>
    internal static string IssueOf(string words, WorldLexicon lexicon)
    {
        var low = words.ToLowerInvariant();
        return lexicon.Issues.SelectMany(i => i.Words.Where(w => Names(low, w)).Select(w => (Issue: i, Word: w)))
            .OrderByDescending(x => x.Word.Length).FirstOrDefault().Issue?.Name
            ?? Short(words);
    }

    /// <summary>
    /// Words as the name of an issue: what a sentence speaks of, without its predicate; what is to be done, without who is to do it; without
    /// what only introduces or explains it, and cut to fit.
    /// </summary>
    private static string Short(string words)
    {
        var name = Matter(words.Trim(Marks));
        foreach (var introduction in (ReadOnlySpan<string>)["that ", "to ", "of ", "for ", "whether ", "against "])
        {
            if (name.StartsWith(introduction, StringComparison.Ordinal))
                name = name[introduction.Length..].Trim(Marks);
        }
        return name.Length <= LongestIssue ? name : name[..(name.LastIndexOf(' ', LongestIssue) is > 0 and var cut ? cut : LongestIssue)] + " …";
    }

    /// <summary>"the vote" of "the vote was a mistake", "outlaw the party" of "Baghdad to outlaw the party".</summary>
    private static string Matter(string words)
    {
        foreach (var introduction in (ReadOnlySpan<string>)["that ", "whether ", "how ", "… "])
        {
            if (words.StartsWith(introduction, StringComparison.OrdinalIgnoreCase))
                words = words[introduction.Length..].Trim(Marks);
        }
        foreach (var aside in (ReadOnlySpan<string>)[", ", " which ", " because ", " if ", " unless ", " while ", " when ", " who ", "; ", ": ", " … "])
        {
            if (words.IndexOf(aside, StringComparison.Ordinal) is > 2 and var cut)
                words = words[..cut].TrimEnd(Marks);
        }
        var each = words.Split(' ');
        for (var i = 1; i < each.Length; i++)
        {
            var subject = string.Join(' ', each[..i]).Trim(Marks);
            // "the decision “an act of aggression", "the package too soft", "the encounter as cold"
            if (each[i] is "as" or "too" || (each[i][0] is '\u201c' or '\u2018' or '"' && each[0].Equals("the", StringComparison.OrdinalIgnoreCase)))
                return i > 1 ? subject : words;
            if (each[i] is "to" && char.IsUpper(each[0][0]) && i <= 3)
                return string.Join(' ', each[(i + 1)..]);
            if (each[i] is "is" or "are" or "was" or "were" or "has" or "have" or "had" or "would" or "will" or "must" or "should" or "could" or "can" or "cannot" or "may" or "might")
                return i > 1 && each[0] is "the" or "The" or "his" or "its" or "their" or "a" or "any" or "such" ? subject : words;
        }
        return words;
    }

    private static IEnumerable<Position> FromStatements(RecordLookup record, WorldLexicon lexicon)
    {
        foreach (var statement in record.Record.Statements)
        {
            // A court judges, a paper passes on, and he who cites another has taken no side himself.
            if (statement.Speaker is not { } speaker || record.Actor(speaker) is not { } holder || holder.Sectors.Contains("JUD") || holder.Kind == ActorKind.Media || statement.Act == SpeechAct.Report
                || record.Record.Statements.Any(s => s.Via == statement.Id && Same(s, statement)) || StanceOf(statement, record, lexicon) is not { } stance || !IsHeld(statement, record, lexicon))
                continue;
            foreach (var actor in record.View([speaker]))
                yield return new(actor, IssueOf(statement.TextIn(record.Text), lexicon), stance, 1, [.. statement.Spans.Content.Select(c => record.Evidence(c, statement.Id))]);
        }
    }

    private static bool Same(Statement one, Statement other) => one.Spans.Content[^1].End == other.Spans.Content[^1].End && one.Spans.Content[0].Start == other.Spans.Content[0].Start;

    /// <summary>
    /// Whether a view is held of something: a sum or a shipment that is promised is a gift, a charge that is rejected a dispute, what one
    /// declines to say a secret, and what will come of it a warning.
    /// </summary>
    private static bool IsHeld(Statement statement, RecordLookup record, WorldLexicon lexicon)
    {
        var words = statement.TextIn(record.Text).ToLowerInvariant();
        var known = lexicon.Issues.Any(i => i.Words.Any(w => Names(words, w)));
        var each = words.Split(Marks, StringSplitOptions.RemoveEmptyEntries);
        return statement.Act switch
        {
            SpeechAct.Promise => known || each.Any(w => w is "to" or "will" or "would" or "is" or "are" or "was" or "were"),
            SpeechAct.Reject => !(each.Length <= LongestName && each.Any(w => lexicon.Term("answered", w) is "charge" or "claim" or "report")) && !each.Take(2).Any(w => lexicon.Term("withheld", w) is not null),
            SpeechAct.Warn => known || !each.Any(w => w is "would" or "will" or "could") && each.Length > 2,
            _ => true,
        };
    }

    /// <summary>By what is said first: who finds fault with a thing is against it, however he says so; then by the act, then by the words that introduce it.</summary>
    private static Stance? StanceOf(Statement statement, RecordLookup record, WorldLexicon lexicon)
    {
        var words = statement.TextIn(record.Text).ToLowerInvariant();
        if (lexicon.TermsOf("neutrality").Any(n => words.Contains(n, StringComparison.Ordinal)))
            return Stance.Neutral;
        if (statement.Act is SpeechAct.State or SpeechAct.Agree or SpeechAct.Confirm or SpeechAct.Report)
        {
            var found = words.Split([' ', ',', '.', '\n', ';', '"'], StringSplitOptions.RemoveEmptyEntries).Select(w => lexicon.Term("evaluation", w) ?? lexicon.Term("evaluation", w.TrimEnd('s'))).OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (found.Count == 1)
                return found.Contains("praise") || found.Contains("support") ? Stance.Supports : Stance.Opposes;
        }
        // "must stop", "to withdraw its ships", "not to": who demands an end of something is against it.
        if (statement.Act is SpeechAct.Demand or SpeechAct.Propose)
        {
            var each = words.Split(Marks, StringSplitOptions.RemoveEmptyEntries);
            var against = each.Take(FirstWords).Any(w => lexicon.Term("ends", w) is not null) || each.Take(FirstWords + 2).Contains("not")
                // "and an end to the raids", "the raids have to stop"
                || each.Skip(1).Zip(each).Any(p => p.First is "end" or "stop" or "cease" or "halt" && p.Second is "an" or "to" or "must" or "should");
            return against ? Stance.Opposes : Stance.Supports;
        }
        // A charge, its denial or a threat is a dispute; a position only where it is about something that is argued about.
        if (statement.Act is SpeechAct.Accuse or SpeechAct.Deny or SpeechAct.Threaten or SpeechAct.Agree && !lexicon.Issues.Any(i => i.Words.Any(w => Names(words, w))))
            return null;
        if (StanceOf(statement.Act) is { } stance)
            return stance;
        var cue = statement.Spans.Cue?.Of(record.Text).ToString().ToLowerInvariant();
        return cue is not null && lexicon.TermsOf("favours").Any(f => cue.Contains(f, StringComparison.Ordinal)) ? Stance.Supports : null;
    }

    /// <summary>Whether some words name an issue: its whole words, so that "who" is no health.</summary>
    private static bool Names(string words, string issue)
    {
        for (var at = words.IndexOf(issue, StringComparison.Ordinal); at >= 0; at = words.IndexOf(issue, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !char.IsLetter(words[at - 1])) && (at + issue.Length == words.Length || !char.IsLetter(words[at + issue.Length]) || words[at + issue.Length] is 's'))
                return true;
        }
        return false;
    }

    private static IEnumerable<Position> FromEvents(RecordLookup record, WorldLexicon lexicon)
    {
        foreach (var one in record.Record.Events)
        {
            Stance? stance = one.Type switch { "SUPPORT" => Stance.Supports, "REJECT" => Stance.Opposes, _ => null };
            // What is said has been told by its statement.
            var said = record.Record.Statements.Any(s => s.Spans.Cue?.Overlaps(one.Spans.Trigger[0]) == true);
            if (stance is not { } how || said || one.Status == EventStatus.Negated || one.Why == "model" || one.Spans.Target.Count == 0)
                continue;
            var words = new TextSpan(one.Spans.Trigger[0].Start, Math.Max(one.Spans.Trigger[0].End, one.Spans.Target.Concat(one.Spans.Trigger).Max(s => s.End)));
            // A word alone names no issue: "signed".
            if (words.Of(record.Text).IndexOf(' ') < 0)
                continue;
            // "declined to comment" holds nothing of anything.
            if (lexicon.Term("refusal", one.Spans.Trigger[0].Of(record.Text).ToString().ToLowerInvariant().TrimEnd('d')) is not null)
                continue;
            foreach (var actor in record.View(one.Source))
                yield return new(actor, IssueOf(words.Of(record.Text).ToString(), lexicon), how, 1, [record.Evidence(words, one.Id)]);
        }
    }
}

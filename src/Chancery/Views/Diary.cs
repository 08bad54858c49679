using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Views;

/// <summary>How an entry of the diary stands.</summary>
public enum DiaryStatus
{
    /// <summary>It took place.</summary>
    Held,

    /// <summary>Those who will be there, or their offices, say so.</summary>
    Planned,

    /// <summary>Others say so.</summary>
    Expected,

    /// <summary>It does not take place.</summary>
    Cancelled,
}

/// <summary>A visit, meeting, call, negotiation, summit or speech.</summary>
/// <param name="What">visit, meeting, call, negotiation, summit or speech.</param>
/// <param name="Who">Who visits, meets, speaks.</param>
/// <param name="With">Whom they visit or meet.</param>
/// <param name="Date">EDTF; null where nothing says when.</param>
/// <param name="Place">Where; null where nothing says where.</param>
/// <param name="Status">Whether it took place.</param>
/// <param name="WordOf">On whose word, the outermost source first; empty for the reporter's own.</param>
/// <param name="Evidence">The words, of every telling.</param>
public sealed record DiaryItem(
    string What, IReadOnlyList<ViewActor> Who, IReadOnlyList<ViewActor> With, string? Date, string? Place, DiaryStatus Status, IReadOnlyList<ViewActor> WordOf, IReadOnlyList<Evidence> Evidence);

/// <summary>Who met whom, when and where, and who will.</summary>
public static class Diary
{
    /// <summary>The diary that some records hold, by date, undated entries last.</summary>
    public static IReadOnlyList<DiaryItem> Of(IReadOnlyCollection<Record> records, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(lexicon);
        var items = RecordLookup.Of(records).SelectMany(r => Meetings(r, lexicon).Concat(Speeches(r, lexicon)));
        return
        [
            .. items.GroupBy(Key, StringComparer.Ordinal)
                .Select(g => g.First() with { Evidence = [.. g.SelectMany(i => i.Evidence).DistinctBy(e => (e.Document, e.Span))], Place = g.Select(i => i.Place).FirstOrDefault(p => p is not null) })
                .OrderBy(i => i.Date ?? "~", StringComparer.Ordinal),
        ];
    }

    // The same meeting told twice on the same word is one entry.
    private static string Key(DiaryItem item) => string.Join('|', item.What, Ids(item.Who), Ids(item.With), item.Date, item.Place, item.Status, Ids(item.WordOf));

    private static string Ids(IEnumerable<ViewActor> actors) => string.Join(',', actors.Select(a => a.Id));

    private static IEnumerable<DiaryItem> Meetings(RecordLookup record, WorldLexicon lexicon)
    {
        foreach (var one in record.Record.Events.Where(e => e.Type == "CONSULT"))
        {
            var (who, with) = (one.Source, one.Target);
            // Two who meet each other: the first meets the second.
            if (who.SequenceEqual(with) && who.Count > 1)
                (who, with) = ([who[0]], [.. with.Skip(1)]);
            var words = one.Spans.Trigger[0].Of(record.Text).ToString();
            var what = one.Modes.Contains("visit") ? "visit" : one.Modes.Contains("phone") ? "call" : lexicon.Term("occasion", words.ToLowerInvariant()) ?? "meeting";
            yield return new(what, record.View(who), record.View(with), one.Date?.Edtf, one.Place?.Name, StatusOf(one, record), record.WordOf(one.Statement), [record.Evidence(one.Spans.Sentence, one.Id)]);
        }
    }

    private static DiaryStatus StatusOf(Event one, RecordLookup record) => one.Status switch
    {
        EventStatus.Actual => DiaryStatus.Held,
        EventStatus.Negated => DiaryStatus.Cancelled,
        _ when record.Statement(one.Statement) is { Speaker: { } speaker } && record.Actor(speaker) is { Kind: ActorKind.Media } => DiaryStatus.Expected,
        EventStatus.Planned => DiaryStatus.Planned,
        _ => DiaryStatus.Expected,
    };

    /// <summary>What is said at a press conference, in a speech or an interview.</summary>
    private static IEnumerable<DiaryItem> Speeches(RecordLookup record, WorldLexicon lexicon)
    {
        var seen = new HashSet<(int, string)>();
        foreach (var occasion in lexicon.TermsOf("speech-occasion"))
        {
            for (var at = record.Text.IndexOf(occasion, StringComparison.OrdinalIgnoreCase); at >= 0; at = record.Text.IndexOf(occasion, at + occasion.Length, StringComparison.OrdinalIgnoreCase))
            {
                var sentence = record.SentenceAround(new(at, at + occasion.Length));
                // "Xi's speech", "at the press conference the spokeswoman": who is named right before it, else after it.
                var named = record.Record.Actors.Where(a => a.Kind == ActorKind.Person).SelectMany(a => a.Mentions.Where(sentence.Contains).Select(m => (Actor: a, Mention: m))).ToList();
                var who = named.Where(n => n.Mention.End <= at).OrderByDescending(n => n.Mention.End).Concat(named.Where(n => n.Mention.Start > at).OrderBy(n => n.Mention.Start)).FirstOrDefault().Actor;
                if (who is null || !seen.Add((sentence.Start, who.Id)))
                    continue;
                var date = record.Record.Statements.Where(s => s.Date is { } d && sentence.Contains(d.Words)).Select(s => s.Date!.Edtf).FirstOrDefault()
                    ?? record.Record.Events.Where(e => e.Date is { } d && sentence.Contains(d.Words)).Select(e => e.Date!.Edtf).FirstOrDefault();
                yield return new("speech", record.View([who.Id]), [], date, null, DiaryStatus.Held, [], [record.Evidence(sentence)]);
            }
        }
    }
}

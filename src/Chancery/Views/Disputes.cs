using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Views;

/// <summary>How a claim is disputed.</summary>
public enum DisputeKind
{
    /// <summary>He of whom it is said denies it.</summary>
    Denied,

    /// <summary>Somebody says otherwise.</summary>
    Disputed,

    /// <summary>What is done does not go with it: a question for the analyst, no verdict.</summary>
    ContradictedByDeeds,
}

/// <summary>A claim and what stands against it.</summary>
/// <param name="Kind">How it is disputed.</param>
/// <param name="Claim">The words of the claim.</param>
/// <param name="Claimant">Who makes it.</param>
/// <param name="Against">Of whom it is made.</param>
/// <param name="Answer">The words of the answer, or of the deed; null where there are none.</param>
/// <param name="AnsweredBy">Who answers or acts.</param>
/// <param name="Evidence">The words of both.</param>
public sealed record Dispute(
    DisputeKind Kind, string Claim, IReadOnlyList<ViewActor> Claimant, IReadOnlyList<ViewActor> Against, string? Answer, IReadOnlyList<ViewActor> AnsweredBy, IReadOnlyList<Evidence> Evidence);

/// <summary>Accusations with their denials, and words against deeds.</summary>
public static class Disputes
{
    /// <summary>The disputes that some records hold, in the order of the texts.</summary>
    public static IReadOnlyList<Dispute> Of(IReadOnlyCollection<Record> records, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(lexicon);
        return [.. RecordLookup.Of(records).SelectMany(r => Answered(r).Concat(AgainstDeeds(r, lexicon)))];
    }

    private static IEnumerable<Dispute> Answered(RecordLookup record)
    {
        // "was accused of …, despite its insistence on …": an answer in the same breath, though it is no denial.
        foreach (var claim in record.Record.Statements.Where(s => s.Act == SpeechAct.Accuse && s.Addressees.Count > 0))
        {
            var sentence = record.SentenceAround(claim.Spans.Content[0]);
            var against = record.View(claim.Addressees);
            var answer = record.Record.Statements.FirstOrDefault(s => s != claim && s.Speaker is { } by && by != claim.Speaker && sentence.Contains(s.Spans.Content[0])
                && against.Any(a => record.View([by]).Any(b => b.Id == a.Id || (b.Country is { } country && country == a.Country))));
            if (answer is not null && !record.Record.Links.Any(l => l.From == answer.Id))
                yield return Make(record, DisputeKind.Disputed, claim.Id, claim.Spans.Content, record.View([.. new[] { claim.Speaker }.OfType<string>()]), against, answer);
        }
        foreach (var link in record.Record.Links)
        {
            if (link.Kind is not (LinkKind.Denies or LinkKind.Contradicts) || record.Statement(link.From) is not { } answer)
                continue;
            var kind = link.Kind == LinkKind.Denies && answer.Act == SpeechAct.Deny ? DisputeKind.Denied : DisputeKind.Disputed;
            // What is told or shown right after a denial, and does not go with it.
            if (link.Kind == LinkKind.Contradicts && record.Statement(link.To) is { Act: SpeechAct.Deny } && answer.Act is SpeechAct.State or SpeechAct.Report)
                kind = DisputeKind.ContradictedByDeeds;
            if (record.Statement(link.To) is { } claim)
                yield return Make(record, kind, claim.Id, claim.Spans.Content, record.View([.. new[] { claim.Speaker }.OfType<string>()]), record.View([answer.Speaker!]), answer);
            else if (record.Record.Events.FirstOrDefault(e => e.Id == link.To) is { } charge)
                yield return Make(record, kind, charge.Id, [charge.Spans.Sentence], record.View(charge.Source), record.View(charge.Target), answer);
        }
    }

    private static Dispute Make(RecordLookup record, DisputeKind kind, string entry, IReadOnlyList<TextSpan> claim, IReadOnlyList<ViewActor> claimant, IReadOnlyList<ViewActor> against, Statement answer) => new(
        kind, string.Join(" … ", claim.Select(c => c.Of(record.Text).ToString())), claimant, against, answer.TextIn(record.Text), record.View([answer.Speaker!]),
        [.. claim.Select(c => record.Evidence(c, entry)), .. answer.Spans.Content.Select(c => record.Evidence(c, answer.Id))]);

    /// <summary>Who speaks against a kind of measure, while his own government, banks, firms or agencies take one.</summary>
    private static IEnumerable<Dispute> AgainstDeeds(RecordLookup record, WorldLexicon lexicon)
    {
        var deeds = WordsAndDeeds.DeedsIn(record.Record, lexicon).ToList();
        foreach (var word in WordsAndDeeds.WordsIn(record.Record, lexicon))
        {
            var own = deeds.Where(d => d.Country == word.Country && d.Issue == word.Issue).ToList();
            if (own.Count == 0)
                continue;
            yield return new(
                DisputeKind.ContradictedByDeeds, word.Statement.TextIn(record.Text), record.View([word.Statement.Speaker!]), [], own[0].Event.Spans.Sentence.Of(record.Text).ToString(),
                [.. own.SelectMany(d => record.View(d.By)).DistinctBy(a => a.Id)],
                [.. word.Statement.Spans.Content.Select(c => record.Evidence(c, word.Statement.Id)), .. own.Select(d => record.Evidence(d.Event.Spans.Sentence, d.Event.Id))]);
        }
    }
}

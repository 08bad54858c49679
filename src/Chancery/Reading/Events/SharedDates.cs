using System.Globalization;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Gives events the dates that other tellings in the same report give them.</summary>
internal sealed class SharedDates(WorldLexicon lexicon, ParsedText text, Cast cast, IReadOnlyList<(int First, int Last, TextDate Date)> dates, DateOnly? day)
{
    // In sentences: what a report begins with is its news.
    private const int LongestLead = 3;

    // In days before a report: what is older is no news.
    private const int Newest = 3;

    // In sentences: how far a scene that is told goes on.
    private const int LongestScene = 2;

    /// <summary>
    /// What two said to each other or agreed when they met or spoke has the day of that: "phoned him on Saturday … asked him to wait".
    /// </summary>
    private void SameScene(List<Event> events)
    {
        var meetings = new Dictionary<string, TextDate>(StringComparer.Ordinal);
        var scenes = new Dictionary<string, (int Sentence, TextDate Date)>(StringComparer.Ordinal);
        for (var i = 0; i < events.Count; i++)
        {
            var (e, sentence) = (events[i], text.Sentence(text.Touched(events[i].Spans.Trigger[0]).First));
            if (e.Status != EventStatus.Actual)
                continue;
            var who = Together(e.Source.Concat(e.Target));
            var sides = Together(e.Source.Concat(e.Target).Select(a => cast[a].Country).OfType<string>());
            if (e is { Date: { Edtf.Length: 10 } day, Type: "CONSULT" or "REQUEST" or "AGREE" })
            {
                if (e.Type == "CONSULT" && who is not null)
                    meetings[who] = day;
                if (sides is not null)
                    scenes[sides] = (sentence, day);
            }
            else if (e is { Date: null, Type: "CONSULT" or "REQUEST" or "AGREE" or "REJECT" or "THREATEN" or "SUPPORT" or "ACCUSE" })
            {
                if (sides is not null && scenes.TryGetValue(sides, out var scene) && sentence - scene.Sentence <= LongestScene && InParagraph(scene.Sentence, sentence))
                    events[i] = e with { Date = scene.Date };
                else if (who is not null && meetings.TryGetValue(who, out var met))
                    events[i] = e with { Date = met };
            }
        }

        bool InParagraph(int earlier, int later) => !Enumerable.Range(earlier + 1, later - earlier).Any(s => text.Annotation.Sentences[s].StartsParagraph);

        static string? Together(IEnumerable<string> names) => names.Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 1 } several ? string.Join(' ', several) : null;
    }

    /// <summary>
    /// What a report tells in the plain past, and dates nowhere, happened on the day of which it tells: that of its paragraph, else of its
    /// first sentences. What has happened before is told in another tense, or has its own date.
    /// </summary>
    private void OfTheDay(List<Event> events)
    {
        var bySentence = dates.ToLookup(d => text.Sentence(d.First), d => d.Date);
        var lead = Enumerable.Range(0, Math.Min(LongestLead, text.Sentences)).SelectMany(s => bySentence[s]).FirstOrDefault(IsNews);
        for (var i = 0; lead is not null && i < events.Count; i++)
        {
            if (events[i] is not { Date: null, Status: EventStatus.Actual, Statement: null } e || !IsPlainPast(text.Touched(e.Spans.Trigger[0]).First))
                continue;
            var told = lead;
            var sentence = text.Sentence(text.Touched(e.Spans.Trigger[0]).First);
            for (var s = sentence; s >= 0; s--)
            {
                if (bySentence[s].LastOrDefault() is { } last)
                {
                    told = s < sentence && IsNews(last) ? last : null;
                    break;
                }
                if (text.Annotation.Sentences[s].StartsParagraph)
                    break;
            }
            if (told is not null)
                events[i] = e with { Date = told };
        }

        bool IsNews(TextDate date) => day is { } published && Calendar.DayOf(date.Edtf) is { } told
            && told <= published && published.DayNumber - told.DayNumber <= Newest;
    }

    private bool IsPlainPast(int word)
    {
        var verb = word;
        while (verb >= 0 && text.Words[verb].Upos != "VERB")
            verb = text.Head(verb);
        return verb >= 0 && text.Words[verb].Xpos == "VBD" && text.Dependent(verb, "aux") < 0;
    }

    /// <summary>
    /// A visit told of several times has the dates of the telling that gives them all: "April 8-9" rather than "Tuesday"; the
    /// talks between the two sides that the text sets in no other time belong to it.
    /// </summary>
    public List<Event> Apply(List<Event> events)
    {
        var whole = events.Where(e => IsRange(e.Date)).GroupBy(Key).ToDictionary(g => g.Key, g => g.First().Date!, StringComparer.Ordinal);
        var shared = events.Select(e => whole.TryGetValue(Key(e), out var date) && (e.Date is null || e.Status == EventStatus.Actual) && Within(e.Date?.Edtf, date.Edtf) ? e with { Date = IsArrival(e) ? FirstDay(date) : date } : e).ToList();
        var visits = shared.Where(e => e is { Type: "CONSULT", Status: EventStatus.Actual } && IsRange(e.Date)).GroupBy(Sides).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        for (var i = 0; i < shared.Count; i++)
        {
            if (shared[i] is { Type: "CONSULT" or "AGREE", Status: EventStatus.Actual, Date: null } talk && (talk.Type == "CONSULT" || talk.Source.SequenceEqual(talk.Target)) && visits.TryGetValue(Sides(talk), out var visit) && visit.Select(v => v.Date!.Edtf).Distinct().Count() == 1)
                shared[i] = talk with { Date = IsArrival(talk) ? FirstDay(visit[0].Date!) : visit[0].Date, Place = talk.Place ?? visit.Select(v => v.Place).FirstOrDefault(p => p is { Latitude: not null }) };
        }
        SameScene(shared);
        OfTheDay(shared);
        foreach (var (first, last, date) in dates)
        {
            // "on the same day that the envoy arrived": the day of what is told there.
            if (last - first != 2 || text.Lemma(first + 1) != "same" || shared.Find(e => e.Date is { Edtf.Length: 10 } && IsUnder(e, last)) is not { } known)
                continue;
            for (var i = 0; i < shared.Count; i++)
            {
                if (shared[i].Date == date && !IsUnder(shared[i], last))
                    shared[i] = shared[i] with { Date = date with { Edtf = known.Date!.Edtf } };
            }
        }
        return shared;

        bool IsUnder(Event e, int word) => text.Touched(e.Spans.Trigger[0]).First is var trigger && text.Sentence(trigger) == text.Sentence(word) && trigger > word && text.IsUnder(trigger, word);

        static bool IsRange(TextDate? date) => date?.Edtf.Contains('/', StringComparison.Ordinal) == true;

        string Sides(Event e) => string.Join(' ', e.Source.Concat(e.Target).Select(a => cast[a].Country).OfType<string>().Distinct().Order(StringComparer.Ordinal));

        // Who arrives, arrives on the first of the days.
        bool IsArrival(Event e) => lexicon.Term("beginning", text.Lemma(text.Touched(e.Spans.Trigger[0]).First)) is not null;

        static TextDate FirstDay(TextDate date) => date with { Edtf = date.Edtf.Split('/')[0] };

        static string Key(Event e) => $"{e.Type} {string.Join(',', e.Source)} {string.Join(',', e.Target)}";

        static bool Within(string? day, string range) => range.Split('/') is [var from, var to]
            && (day is null || (day.Length == from.Length && string.CompareOrdinal(from, day) <= 0 && string.CompareOrdinal(day, to) <= 0));
    }
}

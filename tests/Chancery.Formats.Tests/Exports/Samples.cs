using Chancery.Formats.Exports;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.TestSupport;

namespace Chancery.Formats.Tests.Exports;

/// <summary>Small records made by hand, whose spans are found by their words.</summary>
internal static class Samples
{
    public const string Text =
        "😀 Freedonian Foreign Minister Ada Marsh visited Beijing on April 8, 2024 and met Li Wei.\n\n"
        + "Marsh said that Ruritania \"fired on\" a patrol, the Courier reported. Ruritania denied it. Freedonia will impose sanctions on Ruritania next month.";

    /// <summary>A visit; a claimed attack and its denial; planned sanctions; an attack that did not happen.</summary>
    public static Record Record(string id = "d1") => new(
        new(id, Text) { Title = "Marsh in Beijing", Publisher = "The Courier", Published = "2024-04-10", Url = $"https://courier.example/{id}" },
        [
            Actor("a1", "Ada Marsh", ActorKind.Person, "FRA", ["GOV"], "Ada Marsh") with { Office = "foreign minister" },
            Actor("a2", "Li Wei", ActorKind.Person, "CHN", ["GOV", "MIL"], "Li Wei"),
            Actor("a3", "Ruritania", ActorKind.State, "ROU", [], "Ruritania"),
            Actor("a4", "The Courier", ActorKind.Media, null, ["JRN"], "the Courier"),
            Actor("a5", "Freedonia", ActorKind.State, "FRA", [], "Freedonia will") with { Members = [] },
            Actor("a6", "both sides", ActorKind.Group, null, [], "it") with { Members = ["a1", "a2"] },
        ],
        [
            new("s0", SpeechAct.Report, SpeechForm.Indirect, new(Span("the Courier"), Span("reported"), [Span("Marsh said that Ruritania \"fired on\" a patrol")])) { Speaker = "a4" },
            new("s1", SpeechAct.Accuse, SpeechForm.Mixed, new(Span("Marsh said").First(5), Span("said"), [Span("Ruritania \"fired on\" a patrol")])) { Speaker = "a1", Addressees = ["a4"], Via = "s0" },
            new("s2", SpeechAct.Deny, SpeechForm.Indirect, new(Span("Ruritania denied").First(9), Span("denied"), [Span("it.").First(2)])) { Speaker = "a3" },
        ],
        [
            new("e1", "CONSULT", EventStatus.Actual, new([Span("visited")], [Span("Freedonian Foreign Minister Ada Marsh")], [Span("Li Wei")], Span("😀 Freedonian Foreign Minister Ada Marsh visited Beijing on April 8, 2024 and met Li Wei.")))
            {
                Modes = ["visit"], Cameo = "042", Source = ["a1"], Target = ["a2"], Date = new("2024-04-08", Span("April 8, 2024")), Contexts = ["diplomatic", "military"], Score = 4, Why = "visit", Confidence = 0.88,
                Place = new("Beijing", "CHN") { Latitude = 39.9075, Longitude = 116.39723, GeoNames = 1816670 },
            },
            new("e2", "ASSAULT", EventStatus.Actual, new([Span("fired on")], [Span("Ruritania \"fired").First(9)], [], Span("Marsh said that Ruritania \"fired on\" a patrol, the Courier reported.")))
            {
                Modes = ["firearms"], Source = ["a3"], Target = ["a5"], Statement = "s1", Score = -9,
            },
            new("e3", "SANCTION", EventStatus.Planned, new([Span("impose sanctions on")], [Span("Freedonia will").First(9)], [], Span("Freedonia will impose sanctions on Ruritania next month.")))
            {
                Cameo = "163", Source = ["a5"], Target = ["a3"], Date = new("2024-05", Span("next month")), Score = -6,
            },
            new("e4", "ASSAULT", EventStatus.Negated, new([Span("denied")], [], [], Span("Ruritania denied it."))) { Source = ["a3"], Target = ["a5"], Statement = "s2" },
            new("e5", "CONSULT", EventStatus.Actual, new([Span("met")], [], [], Span("met Li Wei."))) { Source = ["a6"], Target = ["a6"], Date = new("2024-04-08", Span("April 8, 2024")), Score = 2.5 },
        ])
    {
        Links = [new(LinkKind.Denies, "s2", "s1")],
    };

    /// <summary>Compares with a file beside these tests. Deterministic builds map the paths of sources, so the folder is named from the root of the checkout.</summary>
    public static void Approve(string output, string name) => Approved.Same(output, name, Repository.File("tests", "Chancery.Formats.Tests", "Exports", "Samples.cs"));

    public static TextSpan Span(string words)
    {
        var at = Text.IndexOf(words, StringComparison.Ordinal);
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        return new(at, at + words.Length);
    }

    /// <summary>Records with one event each, as many as wanted, made while they are asked for.</summary>
    public static IEnumerable<ExportRecord> Many(int count)
    {
        for (var i = 0; i < count; i++)
            yield return new(Record($"d{i}"));
    }

    private static TextSpan First(this TextSpan span, int length) => new(span.Start, span.Start + length);

    private static Actor Actor(string id, string name, ActorKind kind, string? country, string[] sectors, string words) =>
        new(id, name, kind) { Country = country, Sectors = sectors, Mentions = [Span(words).First(Math.Min(words.Length, name.Length))] };
}

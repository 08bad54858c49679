using System.Globalization;
using Chancery.Records;

namespace Chancery.Formats.Exports.Rows;

/// <summary>Rows of GDELT 2.0 mentions: each document that tells an event, copies included.</summary>
internal sealed class GdeltMentionRows : EventRowWriter
{
    public override IReadOnlyList<string> Columns { get; } =
    [
        "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
        "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
    ];

    public override string[] Row(CodedEvent one, EventRowOptions options)
    {
        var (document, spans, added) = (one.In.Document, one.Event.Spans, GdeltRows.Stamp(options.Added));
        var web = Uri.TryCreate(document.Url, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");
        return
        [
            one.Number.ToString(CultureInfo.InvariantCulture), added, one.In.Published is { } day ? day.ToString("yyyyMMdd'000000'", CultureInfo.InvariantCulture) : added,
            web ? "1" : "2", document.Publisher ?? "", document.Url ?? document.Id, "",
            At(one.In, spans.Source), At(one.In, one.Target is null ? [] : spans.Target), At(one.In, spans.Trigger),
            "1", (Math.Clamp((int)Math.Round(one.Event.Confidence * 10), 1, 10) * 10).ToString(CultureInfo.InvariantCulture), one.In.Length.ToString(CultureInfo.InvariantCulture), "", "", "",
        ];
    }

    private static string At(CodedDocument document, IReadOnlyList<TextSpan> spans) => (spans.Count > 0 ? document.At(spans[0].Start) : -1).ToString(CultureInfo.InvariantCulture);
}

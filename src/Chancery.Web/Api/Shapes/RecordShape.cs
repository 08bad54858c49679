using System.Text.Json.Serialization;

namespace Chancery.Web.Api.Shapes;

/// <summary>What reading one document found, in the format <c>chancery/record/1</c>. Spans are pairs of offsets in Unicode code points, the end excluded.</summary>
public sealed record RecordShape
{
    /// <summary>The format: chancery/record/1.</summary>
    public required string Schema { get; init; }

    /// <summary>The document.</summary>
    public required RecordDocument Document { get; init; }

    /// <summary>Who is meant, once each, however they are called.</summary>
    public required IReadOnlyList<RecordActor> Actors { get; init; }

    /// <summary>Who said what, on whose word.</summary>
    public required IReadOnlyList<RecordStatement> Statements { get; init; }

    /// <summary>Who did what to whom.</summary>
    public required IReadOnlyList<RecordEvent> Events { get; init; }

    /// <summary>What answers or repeats what.</summary>
    public required IReadOnlyList<RecordLink> Links { get; init; }
}

/// <summary>A document as its record tells of it.</summary>
public sealed record RecordDocument
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>The headline.</summary>
    public required string? Title { get; init; }

    /// <summary>Who published it.</summary>
    public required string? Publisher { get; init; }

    /// <summary>When, in EDTF.</summary>
    public required string? Published { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string? Url { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Unicode code points of its text.</summary>
    public required int Characters { get; init; }

    /// <summary>SHA-256 of its text in UTF-8.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who wrote it; left out where it does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Authors { get; init; }
}

/// <summary>Somebody or something of a record.</summary>
public sealed record RecordActor
{
    /// <summary>Its id within the record, such as a1.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>person, organisation, state, group or media.</summary>
    public required string Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-3, or PLOVER's code.</summary>
    public required string? Country { get; init; }

    /// <summary>PLOVER's sectors, such as GOV.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    /// <summary>The office held on the document's date.</summary>
    public required string? Office { get; init; }

    /// <summary>Its key in the lexicon; null where that does not know it.</summary>
    public required string? Known { get; init; }

    /// <summary>The actors for which it stands, such as both sides; left out where it stands for itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>Where the text speaks of it.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Mentions { get; init; }
}

/// <summary>A statement of a record.</summary>
public sealed record RecordStatement
{
    /// <summary>Its id within the record, such as s1.</summary>
    public required string Id { get; init; }

    /// <summary>The actor who says it.</summary>
    public required string? Speaker { get; init; }

    /// <summary>The actors to whom it is said.</summary>
    public required IReadOnlyList<string> Addressees { get; init; }

    /// <summary>The statement that reports this one.</summary>
    public required string? Via { get; init; }

    /// <summary>What is done by saying it.</summary>
    public required string Act { get; init; }

    /// <summary>direct, indirect or mixed.</summary>
    public required string Form { get; init; }

    /// <summary>When it was said.</summary>
    public required RecordDate? Date { get; init; }

    /// <summary>Where its words stand.</summary>
    public required RecordStatementSpans Spans { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; init; }

    /// <summary>How sure the reading is; null where that is not known.</summary>
    public required double? Confidence { get; init; }
}

/// <summary>Where the words of a statement stand.</summary>
public sealed record RecordStatementSpans
{
    /// <summary>Who says it.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Speaker { get; init; }

    /// <summary>That it is said.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Cue { get; init; }

    /// <summary>What is said.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Content { get; init; }
}

/// <summary>An event of a record.</summary>
public sealed record RecordEvent
{
    /// <summary>Its id within the record, such as e1.</summary>
    public required string Id { get; init; }

    /// <summary>The PLOVER event type.</summary>
    public required string Type { get; init; }

    /// <summary>PLOVER's modes.</summary>
    public required IReadOnlyList<string> Modes { get; init; }

    /// <summary>The CAMEO code.</summary>
    public required string? Cameo { get; init; }

    /// <summary>The actors who do it.</summary>
    public required IReadOnlyList<string> Source { get; init; }

    /// <summary>The actors to whom it is done.</summary>
    public required IReadOnlyList<string> Target { get; init; }

    /// <summary>actual, planned, possible or negated.</summary>
    public required string Status { get; init; }

    /// <summary>The statement that claims it; null where the reporter does.</summary>
    public required string? Statement { get; init; }

    /// <summary>When.</summary>
    public required RecordDate? Date { get; init; }

    /// <summary>Where.</summary>
    public required RecordPlace? Place { get; init; }

    /// <summary>PLOVER's contexts.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>From -10 (hostile) to 10 (co-operative).</summary>
    public required double? Score { get; init; }

    /// <summary>Where its words stand.</summary>
    public required RecordEventSpans Spans { get; init; }

    /// <summary>The sentence, as a span.</summary>
    public required IReadOnlyList<int> Sentence { get; init; }

    /// <summary>The frame or rule that coded it.</summary>
    public required string? Why { get; init; }

    /// <summary>How sure the reading is, from 0 to 1.</summary>
    public required double Confidence { get; init; }
}

/// <summary>Where the words of an event stand.</summary>
public sealed record RecordEventSpans
{
    /// <summary>What is done.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Trigger { get; init; }

    /// <summary>Who does it.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Source { get; init; }

    /// <summary>To whom it is done.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Target { get; init; }
}

/// <summary>A date as far as the text gives it.</summary>
public sealed record RecordDate
{
    /// <summary>In EDTF.</summary>
    public required string Edtf { get; init; }

    /// <summary>The words that give it.</summary>
    public required string Text { get; init; }

    /// <summary>Where they stand.</summary>
    public required IReadOnlyList<int> Span { get; init; }
}

/// <summary>A place.</summary>
public sealed record RecordPlace
{
    /// <summary>The usual name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Country { get; init; }

    /// <summary>Degrees north (WGS 84).</summary>
    public required double? Latitude { get; init; }

    /// <summary>Degrees east (WGS 84).</summary>
    public required double? Longitude { get; init; }

    /// <summary>The number in GeoNames.</summary>
    public required double? Geonames { get; init; }
}

/// <summary>What answers or repeats what.</summary>
public sealed record RecordLink
{
    /// <summary>denies, contradicts, corroborates or same.</summary>
    public required string Kind { get; init; }

    /// <summary>The later entry.</summary>
    public required string From { get; init; }

    /// <summary>The earlier one.</summary>
    public required string To { get; init; }
}

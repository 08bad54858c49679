using System.Globalization;
using Chancery.Archive;
using Chancery.Records;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Screens;

/// <summary>The filters of a list as they stand in its address, so that a view can be sent to a colleague.</summary>
public sealed record ListQuery
{
    /// <summary>What was chosen, as it was written; empty parts left out.</summary>
    public IReadOnlyDictionary<string, string> Chosen { get; private init; } = new Dictionary<string, string>();

    /// <summary>The filter that it comes to.</summary>
    public ArchiveFilter Filter { get; private init; } = new();

    /// <summary>How many entries a page has, where the address says.</summary>
    public string? PageSize { get; private init; }

    /// <summary>Every name that a filter goes by, with what it is called on pages.</summary>
    public static IReadOnlyList<(string Name, string Label)> Names { get; } =
    [
        ("actor", "who"), ("with", "and who"), ("on", "on"), ("word-of", "on whose word"), ("type", "type"), ("status", "status"),
        ("from", "from"), ("to", "to"), ("place", "place"), ("publisher", "publisher"), ("voice", "voice"), ("contradicted", "contradicted"),
    ];

    /// <summary>Reads the filters of an address.</summary>
    /// <exception cref="BadHttpRequestException">A value cannot be.</exception>
    public static ListQuery Of(IQueryCollection query, int limit = Limits.PageSize)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? Field(string name)
        {
            var value = query[name].ToString().Trim();
            return value.Length <= Limits.LongestField ? value is "" ? null : value : throw new BadHttpRequestException($"{name}: longer than {Limits.LongestField} characters.");
        }
        (DateOnly First, DateOnly Last)? Days(string name) => Field(name) is { } text ? Edtf.Days(text) ?? throw new BadHttpRequestException($"{name}={text}: not a date; write it as 2024-04-08, 2024-04 or 2024.") : null;
        string[] Several(string name) => Field(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new()
        {
            Chosen = Names.Select(n => (n.Name, Value: Field(n.Name))).Where(n => n.Value is not null).ToDictionary(n => n.Name, n => n.Value!, StringComparer.Ordinal),
            PageSize = Field("limit"),
            Filter = new()
            {
                Actor = Field("actor"),
                With = Field("with"),
                On = Field("on"),
                WordOf = Field("word-of"),
                Kinds = Several("type"),
                Statuses = Several("status"),
                From = Days("from")?.First,
                To = Days("to")?.Last,
                Place = Field("place"),
                Publisher = Field("publisher"),
                Claimed = Field("voice") switch { null => null, "claimed" => true, "own" => false, var other => throw new BadHttpRequestException($"voice={other}: claimed or own.") },
                Contradicted = Field("contradicted") is "true" or "on" or "1",
                Limit = Field("limit") is { } size
                    ? int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= Limits.LargestPage ? n : throw new BadHttpRequestException($"limit={size}: a whole number from 1 to {Limits.LargestPage}.")
                    : limit,
                After = Field("after"),
            },
        };
    }

    /// <summary>The address of a list with these filters, some of them changed; null takes one away.</summary>
    public string Address(string path, params (string Name, string? Value)[] changes)
    {
        var fields = Chosen.Where(c => !changes.Any(x => x.Name == c.Key)).Select(c => (Name: c.Key, (string?)c.Value)).Concat(changes).Where(c => !string.IsNullOrEmpty(c.Item2)).ToList();
        return fields.Count == 0 ? path : $"{path}?{string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Item2!)}"))}";
    }
}

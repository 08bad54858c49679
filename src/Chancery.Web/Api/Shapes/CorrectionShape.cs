using System.ComponentModel.DataAnnotations;

namespace Chancery.Web.Api.Shapes;

/// <summary>What a person decides of an entry of a document.</summary>
public sealed record NewCorrection
{
    /// <summary>confirm: it is right; edit: it is right with other values; reject: it is wrong, and no longer shown.</summary>
    [RegularExpression("^(confirm|edit|reject)$")]
    public required string Action { get; init; }

    /// <summary>New values by field, for edit: of events type, status, date, place, source, target; of statements act, speaker, addressees, date.</summary>
    public IReadOnlyDictionary<string, string>? Changes { get; init; }

    /// <summary>Why.</summary>
    [StringLength(2000)]
    public string? Note { get; init; }

    /// <summary>Who decides, where the server does not know who asks.</summary>
    [StringLength(200)]
    public string? By { get; init; }
}

/// <summary>What a person decided of an entry.</summary>
public sealed record CorrectionShape
{
    /// <summary>The statement or event, by its id when it was decided on.</summary>
    public required string Entry { get; init; }

    /// <summary>confirm, edit or reject.</summary>
    public required string Action { get; init; }

    /// <summary>New values by field.</summary>
    public required IReadOnlyDictionary<string, string> Changes { get; init; }

    /// <summary>Why; null where nothing was said.</summary>
    public required string? Note { get; init; }

    /// <summary>Who decided.</summary>
    public required string By { get; init; }

    /// <summary>When, in ISO 8601.</summary>
    public required string At { get; init; }
}

/// <summary>Whom an actor is held to be.</summary>
public sealed record NewIdentity
{
    /// <summary>The key of the actor that it is.</summary>
    [StringLength(300, MinimumLength = 1)]
    public required string SameAs { get; init; }

    /// <summary>Who says so, where the server does not know who asks.</summary>
    [StringLength(200)]
    public string? By { get; init; }
}

/// <summary>What became of an identity.</summary>
public sealed record IdentityShape
{
    /// <summary>The key of the actor.</summary>
    public required string Of { get; init; }

    /// <summary>The key of the actor that it is held to be; null where that was taken back.</summary>
    public required string? SameAs { get; init; }

    /// <summary>How many documents were looked at again.</summary>
    public required int Documents { get; init; }
}

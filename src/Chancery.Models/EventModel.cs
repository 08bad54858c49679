using Chancery.Reading;

namespace Chancery.Models;

/// <summary>The trained scorer of events.</summary>
public static class EventModel
{
    private const string File = "events.tsv";

    /// <summary>Loads a scorer.</summary>
    /// <param name="path">A model's folder; where it has no scorer of its own, and for null, the one inside.</param>
    /// <exception cref="InvalidDataException">The file is damaged; the message names file and line.</exception>
    public static PairScorer Load(string? path = null) =>
        PairScorer.Parse(new ModelFiles(path is not null && System.IO.File.Exists(Path.Combine(path, File)) ? path : null).Text(File));
}

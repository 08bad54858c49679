namespace Chancery.Records;

/// <summary>What reading one document found.</summary>
/// <param name="Document">The document.</param>
/// <param name="Actors">Who is meant, in the order in which the text first speaks of them.</param>
/// <param name="Statements">Who said what, in the order of the text.</param>
/// <param name="Events">Who did what to whom, in the order of the text.</param>
public sealed record Record(Document Document, IReadOnlyList<Actor> Actors, IReadOnlyList<Statement> Statements, IReadOnlyList<Event> Events)
{
    /// <summary>What answers or repeats what.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];
}

using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Reading;
using Chancery.Records;

namespace Chancery.Web.Serving;

/// <summary>What reading needs, each loaded when it is first needed.</summary>
public sealed record ReadingParts(Lazy<ILanguageModel> Model, Lazy<PairScorer> Scorer, Lazy<WorldLexicon> Lexicon)
{
    /// <summary>Reads a document.</summary>
    public Record Read(Document document, CancellationToken cancellationToken) => new Reader(Model.Value, Lexicon.Value, Scorer.Value).Read(document, cancellationToken);
}

namespace Chancery.Language;

/// <summary>Reads raw text into sentences, words, trees, names and who-said-what tags.</summary>
public interface ILanguageModel
{
    /// <summary>
    /// Annotates a text of any length. Safe to call from many threads at once; the same text gives the same annotation
    /// on any number of them.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    Annotation Annotate(string text, CancellationToken cancellationToken = default);
}

namespace Chancery.Language.Encoding;

/// <summary>Scores the words of windows of text: the one part of the analysis that is a trained network.</summary>
/// <remarks>Safe to call from many threads at once.</remarks>
public interface IEncoder
{
    /// <summary>What the encoder was trained with.</summary>
    ModelDescription Description { get; }

    /// <summary>Scores a batch. The scores of a window do not depend on the others in the batch.</summary>
    EncoderScores Encode(EncoderBatch batch);
}

/// <summary>Windows of text as numbers, padded with zeros to the longest.</summary>
/// <param name="Ids">Time × window × feature.</param>
/// <param name="Lengths">The number of words of each window.</param>
/// <param name="Time">The length of the longest window.</param>
public sealed record EncoderBatch(int[] Ids, int[] Lengths, int Time);

/// <summary>What an encoder says of a batch. Scores are logits; rows are window × time, padded as the batch was.</summary>
public abstract class EncoderScores : IDisposable
{
    /// <summary>Window × time × universal parts of speech.</summary>
    public abstract ReadOnlySpan<float> Upos { get; }

    /// <summary>Window × time × Penn tags.</summary>
    public abstract ReadOnlySpan<float> Xpos { get; }

    /// <summary>Window × time × (1 + time): how well the root (first) and each word of the window would do as head.</summary>
    public abstract ReadOnlySpan<float> Arcs { get; }

    /// <summary>Window × time × name tags.</summary>
    public abstract ReadOnlySpan<float> Names { get; }

    /// <summary>Window × time × attribution tags.</summary>
    public abstract ReadOnlySpan<float> Attributions { get; }

    /// <summary>
    /// Scores the relations of chosen arcs: window × time × relations. <paramref name="heads"/> holds for each row
    /// (window × time) the row of its head, or the number of rows for the root.
    /// </summary>
    public abstract ReadOnlySpan<float> Relations(int[] heads);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the scores hold.</summary>
    protected abstract void Dispose(bool disposing);
}

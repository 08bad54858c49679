namespace Chancery.Workers;

/// <summary>Why a queue cannot be used, in words that say what to do.</summary>
/// <param name="code">The code under which <c>docs/command.md</c> explains it.</param>
/// <param name="message">The server, what is wrong, and the mend.</param>
/// <param name="inner">What brought it about.</param>
public sealed class QueueException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;
}

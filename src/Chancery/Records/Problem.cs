namespace Chancery.Records;

/// <summary>Why a document could not be read, in words that say what to do.</summary>
/// <param name="Code">The code under which <c>docs/command.md</c> explains it, such as <c>CH0101</c>.</param>
/// <param name="Message">The file, what is wrong with it, and the mend.</param>
public sealed record Problem(string Code, string Message);

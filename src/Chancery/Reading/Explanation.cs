namespace Chancery.Reading;

/// <summary>Why an entry of a record is there.</summary>
/// <param name="Entry">The statement or event.</param>
/// <param name="Rule">What made it: a frame of the lexicon, the trained tags, the learned scorer.</param>
/// <param name="Tree">The words that hang together in it, each with its relation: <c>signed[root] India[nsubj] treaty[obj] Nepal[nmod:with]</c>.</param>
public sealed record Explanation(string Entry, string Rule, string Tree);

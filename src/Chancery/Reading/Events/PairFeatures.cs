namespace Chancery.Reading;

/// <summary>What the learned scorer sees of a predicate and two actors: the words around them and how they hang together.</summary>
internal static class PairFeatures
{
    /// <summary>The features of a pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="predicate">The verb or noun that ties them.</param>
    /// <param name="target">The word that stands for the second actor.</param>
    public static IEnumerable<string> Of(ParsedText text, int predicate, int target)
    {
        var verb = text.Lemma(predicate);
        yield return "v=" + verb;
        // The way down to the target, in relations and prepositions: "on" after "sanctions" after "impose".
        for (int at = target, steps = 0; at >= 0 && at != predicate && steps < 4; at = text.Head(at), steps++)
        {
            var how = text.Case(at) ?? text.Relation(at);
            yield return $"t={how}";
            yield return $"vt={verb}|{how}";
            if (at != target)
            {
                yield return $"p={text.Lemma(at)}";
                yield return $"pt={text.Lemma(at)}|{how}";
            }
        }
        for (int up = text.Head(predicate), steps = 0; up >= 0 && steps < 3; up = text.Head(up), steps++)
            yield return "up=" + text.Lemma(up);

        foreach (var d in text.Dependents(predicate).ToArray())
        {
            var (relation, lemma) = (text.Relation(d), text.Lemma(d));
            if (relation is "aux" or "advmod" or "compound" or "mark")
                yield return $"m={lemma}";
            if (relation is "obj" or "xcomp" or "ccomp" or "obl" or "advcl")
            {
                yield return $"d={relation}|{lemma}";
                yield return $"vd={verb}|{lemma}";
                foreach (var deeper in text.Dependents(d).ToArray())
                {
                    if (text.Words[deeper].Upos is "NOUN" or "VERB" or "ADJ" or "PART" or "ADP")
                        yield return $"dd={text.Lemma(deeper)}";
                }
            }
        }
        var (first, last) = text.Reach(predicate);
        for (var i = first; i <= Math.Min(last, first + 60); i++)
        {
            if (text.Words[i].Upos is "NOUN" or "VERB" or "ADJ")
                yield return "w=" + text.Lemma(i);
        }
    }

    /// <summary>The verb, or else the noun, above two words that ties them together; -1 where nothing does.</summary>
    public static int Predicate(ParsedText text, int one, int other)
    {
        for (var up = one; up >= 0; up = text.Head(up))
        {
            if (up != one && text.Words[up].Upos is "VERB" or "NOUN" && text.IsUnder(other, up) && up != other)
                return up;
        }
        return -1;
    }
}

using Chancery.Language;

namespace Chancery.Reading;

/// <summary>
/// Sets right what the tree most often has wrong in short sentences and headlines that begin with a name: "Mexico severed relations with
/// Ecuador" read as one long noun, "Guyana cut ties" with Guyana as a part of the verb.
/// </summary>
internal static class TreeRepair
{
    /// <summary>The words of a sentence with such mistakes mended.</summary>
    public static IReadOnlyList<Word> Of(IReadOnlyList<Word> words) => Subjects(Counted(Verbless(SharedPassives(words))));

    /// <summary>"is due in Tehran"; "assets will be frozen and firms barred from the market".</summary>
    private static IReadOnlyList<Word> SharedPassives(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] is { Relation: "case", Form: "due" } due && due.Head > i && words.Any(w => w.Head == due.Head && w.Relation == "cop"))
                words = Due(words, i, due.Head);
            else if (words[i] is { Upos: "VERB", Xpos: "VBD", Relation: "conj" } barred && words.Any(w => w.Head == barred.Head && w.Relation == "aux:pass") && Subject(words, i) is >= 0 and var firms
                && !words.Any(w => w.Head == i && w.Relation is "obj" or "ccomp" or "aux"))
                words = With(words, (i, barred with { Xpos = "VBN" }), (firms, words[firms] with { Relation = "nsubj:pass" }));
        }
        return words;
    }

    /// <summary>"Twenty rebels surrendered to the police.": a sentence has a verb.</summary>
    private static IReadOnlyList<Word> Verbless(IReadOnlyList<Word> words)
    {
        if (words.Count <= 4 || words[^1].Form != "." || words.Any(w => w.Xpos is "VBD" or "VBZ" or "VBP" or "MD") || Root(words) is not (>= 0 and var thing) || words[thing].Upos is not ("NOUN" or "PROPN") || PastUnder(words, thing) is not (>= 0 and var told))
            return words;
        return With(words, (told, words[told] with { Head = -1, Relation = "root", Xpos = "VBD" }), (thing, words[thing] with { Head = told, Relation = "nsubj" }), (words.Count - 1, words[^1] with { Head = told }));
    }

    /// <summary>"killed at least 41 people": how many, not where.</summary>
    private static IReadOnlyList<Word> Counted(IReadOnlyList<Word> words)
    {
        for (var i = 0; i + 3 < words.Count; i++)
        {
            if (words[i] is { Relation: "case", Form: "at" } at && words[i + 1].Form is "least" or "most" && at.Head is > 0 and var counted && words[counted] is { Relation: "obl", Upos: "NOUN", Head: >= 0 } people
                && words[people.Head] is { Upos: "VERB", Xpos: "VBD" or "VBG" or "VB" or "VBZ" or "VBP" } && people.Head < counted && !words.Any(w => w.Head == people.Head && w.Relation is "obj" or "nsubj:pass" or "aux:pass"))
                words = With(words, (counted, people with { Relation = "obj" }));
        }
        return words;
    }

    /// <summary>A name that the tree makes a part of the verb, or of the noun behind it, is the subject.</summary>
    private static IReadOnlyList<Word> Subjects(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] is not { Upos: "PROPN" or "NOUN", Relation: "compound" } name || name.Head <= i)
                continue;
            var head = words[name.Head];
            // A finite verb has no compounds before it; it has a subject.
            if (head.Upos == "VERB" && (head.Xpos is "VBD" or "VBZ" or "VBP" || head.Relation == "root") && !HasSubject(words, name.Head))
                words = With(words, (i, name with { Relation = "nsubj" }));
            else if (head is { Upos: "NOUN", Relation: "root" } && VerbBetween(words, i, name.Head) is >= 0 and var verb && !HasSubject(words, name.Head))
                words = Clause(words, i, verb, name.Head);
        }
        return words;
    }

    /// <summary>The past tense between a name and the noun to which the tree gives both as attributes; -1 where there is none.</summary>
    private static int VerbBetween(IReadOnlyList<Word> words, int name, int noun)
    {
        for (var i = name + 1; i < noun; i++)
        {
            if (words[i] is { Upos: "VERB", Xpos: "VBD" or "VBN", Relation: "amod" or "acl" } && words[i].Head == noun)
                return i;
            // "the Mexican severed arm": a name alone, or with its title, stands before the verb.
            if (words[i].Upos is not ("PROPN" or "NOUN" or "PART"))
                return -1;
        }
        return -1;
    }

    /// <summary>The verb becomes the root, the name its subject, the noun its object.</summary>
    private static List<Word> Clause(IReadOnlyList<Word> words, int name, int verb, int noun)
    {
        var mended = words.ToList();
        mended[verb] = words[verb] with { Head = -1, Relation = "root", Xpos = "VBD" };
        mended[name] = words[name] with { Head = verb, Relation = "nsubj" };
        mended[noun] = words[noun] with { Head = verb, Relation = "obj" };
        for (var i = 0; i < words.Count; i++)
        {
            if (i != name && words[i].Head == noun && (i < verb || words[i].Relation == "punct"))
                mended[i] = words[i] with { Head = i < verb && words[i].Relation != "punct" ? name : verb };
        }
        return mended;
    }

    /// <summary>"is due in Tehran": he is due, and Tehran is where.</summary>
    private static List<Word> Due(IReadOnlyList<Word> words, int due, int place)
    {
        var mended = words.ToList();
        mended[due] = words[due] with { Head = words[place].Head, Relation = words[place].Relation };
        mended[place] = words[place] with { Head = due, Relation = "obl" };
        for (var i = 0; i < words.Count; i++)
        {
            if (i != due && words[i].Head == place && words[i].Relation is "nsubj" or "cop" or "aux" or "punct" or "parataxis" or "advcl" or "mark" or "conj")
                mended[i] = words[i] with { Head = words[i].Relation == "conj" ? place : due };
        }
        return mended;
    }

    private static int Root(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Head < 0)
                return i;
        }
        return -1;
    }

    /// <summary>The first participle that stands right behind a noun, and is no passive: "surrendered to", not "built by"; -1 where there is none.</summary>
    private static int PastUnder(IReadOnlyList<Word> words, int noun)
    {
        for (var i = noun + 1; i < words.Count; i++)
        {
            if (words[i] is { Upos: "VERB", Xpos: "VBN", Relation: "acl" } && words[i].Head == noun)
                return words.Any(w => w.Relation == "obl:agent") ? -1 : i;
        }
        return -1;
    }

    private static int Subject(IReadOnlyList<Word> words, int verb)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Head == verb && words[i].Relation == "nsubj")
                return i;
        }
        return -1;
    }

    private static bool HasSubject(IReadOnlyList<Word> words, int head) => words.Any(w => w.Head == head && w.Relation.StartsWith("nsubj", StringComparison.Ordinal));

    private static List<Word> With(IReadOnlyList<Word> words, params ReadOnlySpan<(int At, Word Word)> changes)
    {
        var mended = words.ToList();
        foreach (var (at, word) in changes)
            mended[at] = word;
        return mended;
    }
}

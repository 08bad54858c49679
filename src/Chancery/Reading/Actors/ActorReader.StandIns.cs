using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Words that stand for a body which the text has named: "the group", "this organisation", "the bloc", "the court".</summary>
internal sealed partial class ActorReader
{
    /// <summary>The body for which a definite word stands; null where it stands for none.</summary>
    private Entity? StandsFor(Mention mention)
    {
        if (!mention.Definite || mention.Country is not null || mention.Office is not null || mention.Noun is not { } noun || lexicon.Term("stands-for", noun) is not { } value)
            return null;
        // "the exiled group", "the group's leader" say more; "the court in The Hague" says where it sits.
        foreach (var d in text.Dependents(mention.Head))
        {
            if (text.Relation(d) is "amod" or "compound" or "nummod" || (text.Words[d].Relation == "nmod:poss" && !value.StartsWith("IGO", StringComparison.Ordinal)) || (text.Relation(d) == "nmod" && d > mention.Head && text.Case(d) is "of" or "for"))
                return null;
        }
        var tests = value.Split(',');
        return Latest(e => (e.Kind is ActorKind.Organisation or ActorKind.Media || e.Known?.Country is "EUR") && e.IsNamed && Array.Exists(tests, t => Passes(e, t)), mention);

        static bool Passes(Entity e, string test) => test == "any" || (char.IsUpper(test[0])
            ? e.Country == test || e.Sectors.Contains(test) || e.Known?.Sectors.Contains(test) == true
            : HasWord(e.Name, test) || e.Known?.Names.Any(n => HasWord(n, test)) == true);

        static bool HasWord(string name, string word) => name.Split(' ').Any(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>"the European Union's monitoring mission in Armenia (EUMA)": what stands in brackets behind a body is its short name.</summary>
    private Entity? InBrackets(Mention mention)
    {
        var name = mention.Name!;
        if (mention.First == 0 || text.Words[mention.First - 1].Form != "(" || mention.Last + 1 >= text.Words.Length || text.Words[mention.Last + 1].Form != ")" || name.Count(char.IsUpper) < 2 || name.Contains(' ', StringComparison.Ordinal))
            return null;
        var sentence = text.Sentence(mention.Head);
        for (var i = _resolved.Count - 1; i >= 0 && text.Sentence(_resolved[i].Mention.Head) == sentence; i--)
        {
            var (other, entity) = _resolved[i];
            if (other.First >= mention.First || entity.Kind is not (ActorKind.Organisation or ActorKind.Group or ActorKind.Media) || !AreInitials(name, other.First, mention.First - 2))
                continue;
            entity.Aliases.Add(name);
            entity.IsNamed = true;
            return entity;
        }
        return null;
    }

    /// <summary>Whether capitals come in the order in which some words begin.</summary>
    private bool AreInitials(string name, int first, int last)
    {
        var at = 0;
        for (var i = first; i <= last && at < name.Length; i++)
        {
            if (char.ToUpperInvariant(text.Words[i].Form[0]) == char.ToUpperInvariant(name[at]))
                at++;
        }
        return at == name.Length;
    }
}

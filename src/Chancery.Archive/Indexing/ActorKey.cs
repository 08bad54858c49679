using System.Text;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Archive.Indexing;

/// <summary>Who an actor of a record is across documents: a key that the same actor has everywhere, and the reason.</summary>
/// <param name="Key">The lexicon's key, or one made of kind, name and country.</param>
/// <param name="Why">In words for the analyst.</param>
internal readonly record struct ActorKey(string Key, string Why)
{
    /// <summary>
    /// The key of an actor. What the lexicon knows is the same everywhere. Others are the same only where the full name and the
    /// country are, or name and office; a surname alone, or a word such as "the official", is somebody in this document only.
    /// </summary>
    public static ActorKey Of(Actor actor, string document)
    {
        if (actor.Known is { } known)
            return new(known, "known to the lexicon");
        var name = Plain(actor.Name);
        var named = actor.Name.Contains(' ', StringComparison.Ordinal) || (actor.Kind is ActorKind.Organisation or ActorKind.Media && actor.Name.Length > 1);
        var kind = actor.Kind.ToString().ToLowerInvariant();
        if (actor.Members.Count == 0 && named && actor.Country is { } country)
            return new($"{kind}|{name}|{country}", "same name and country");
        if (actor.Kind == ActorKind.Person && named && actor.Office is { } office)
            return new($"{kind}|{name}||{office}", "same name and office");
        if (actor.Kind is ActorKind.Organisation or ActorKind.Media && actor.Name.Contains(' ', StringComparison.Ordinal) && char.IsUpper(actor.Name[0]))
            return new($"{kind}|{name}|", "same name");
        return new($"{kind}|{name}|{actor.Country}|{document}#{actor.Id}", "in this document only");
    }

    /// <summary>A name as it is compared: letters and digits in lower case, without accents, single blanks.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                plain.Append(Accents.Without(char.ToLowerInvariant(c)));
            else if (plain.Length > 0 && plain[^1] != ' ' && !IsMark(c))
                plain.Append(' ');
        }
        return plain.ToString().TrimEnd();
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark || c == '\'';
}

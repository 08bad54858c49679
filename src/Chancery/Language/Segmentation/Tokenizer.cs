using System.Globalization;
using System.Text;
using Chancery.Records;

namespace Chancery.Language;

/// <summary>
/// Divides text into syntactic words as English Universal Dependencies does. One pass, left to right; every character that
/// is not white space belongs to exactly one word.
/// </summary>
internal sealed class Tokenizer(TokenRules rules)
{
    /// <summary>The longest word, in UTF-16 units. Longer runs are nonsense, and are cut so that nothing grows without bound.</summary>
    public const int LongestWord = 256;

    // How far a hyphenated compound or an address is looked at as a whole.
    private const int LongestLook = 512;

    /// <summary>Words in the order of the text.</summary>
    public List<SegmentedWord> Tokenize(string text, CancellationToken cancellationToken)
    {
        var words = new List<SegmentedWord>((text.Length / 5) + 8);
        var openSingle = false;
        for (var at = 0; at < text.Length;)
        {
            if (IsSpace(text[at]))
            {
                at++;
                continue;
            }
            cancellationToken.ThrowIfCancellationRequested();
            var end = at + 1;
            while (end < text.Length && !IsSpace(text[end]))
                end++;
            Chunk(text, at, end, words, ref openSingle);
            at = end;
        }
        return words;
    }

    internal static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\u200b' or '\ufeff' or '\u2060';

    private static bool IsQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' or '\uff02';

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u2018' or '`';

    private static bool IsWordPart(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private void Chunk(string text, int start, int end, List<SegmentedWord> words, ref bool openSingle)
    {
        if (end - start is > 1 and <= 8 && rules.Emoticons.Contains(text.AsSpan(start, end - start)))
        {
            words.Add(new(new(start, end), false));
            return;
        }

        for (var at = start; at < end;)
        {
            var before = at;
            at = Next(text, start, at, end, words, ref openSingle);
            if (at <= before)
                throw new InvalidOperationException("The tokenizer stood still.");
        }
    }

    private int Next(string text, int start, int at, int end, List<SegmentedWord> words, ref bool openSingle)
    {
        var c = text[at];
        if (Address(text, at, end) is var address && address > at)
            return Add(words, at, address);

        if (char.IsDigit(c) || (c == '.' && at + 1 < end && char.IsDigit(text[at + 1]) && (at == start || !char.IsLetterOrDigit(text[at - 1]))))
            return Number(text, at, end, words);

        if (IsWordPart(text, at))
            return Letters(text, at, end, words, ref openSingle);

        if (IsApostrophe(c))
            return Apostrophe(text, start, at, end, words, ref openSingle);

        // @name and #name are one word where a letter follows; a sign and a number are two.
        if (c is '@' or '#' && at + 1 < end && char.IsLetter(text[at + 1]))
        {
            var name = at + 1;
            while (name < end && (char.IsLetterOrDigit(text[name]) || text[name] == '_'))
                name++;
            return Add(words, at, name);
        }

        // A run of one mark is one word, and so is a mixture of exclamation and question marks.
        var run = at + 1;
        if (c is '!' or '?')
        {
            while (run < end && text[run] is '!' or '?')
                run++;
        }
        else if (c is '.' or '-' or '=' or '*' or '_' or '~' or '+' or '\u2026' or '\u2014' or '\u2013')
        {
            while (run < end && text[run] == c)
                run++;
        }
        return Add(words, at, run);
    }

    private static int Add(List<SegmentedWord> words, int start, int end, bool continues = false)
    {
        while (end - start > LongestWord)
        {
            var cut = start + LongestWord;
            words.Add(new(new(start, cut), continues));
            (start, continues) = (cut, false);
        }
        words.Add(new(new(start, end), continues));
        return end;
    }

    /// <summary>The end of an internet or mail address that starts here, or the start where there is none.</summary>
    private int Address(string text, int start, int end)
    {
        if (!char.IsLetterOrDigit(text[start]))
            return start;
        if (start > 0 && !IsSpace(text[start - 1]) && char.IsLetterOrDigit(text[start - 1]))
            return start;
        var look = text.AsSpan(start, Math.Min(end - start, LongestLook));
        if (look.Length < 4)
            return start;

        var scheme = look.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || look.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || look.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) || look.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        var mail = false;
        if (!scheme)
        {
            // A host: labels and dots with a known ending; before it a mailbox, after it a path.
            var i = 0;
            var (dot, lastDot, hostStart) = (false, -1, 0);
            for (; i < look.Length; i++)
            {
                var c = look[i];
                if (c == '.' && i + 1 < look.Length && char.IsLetterOrDigit(look[i + 1]))
                    (dot, lastDot) = (true, i);
                else if (c == '@' && !mail && i > 0)
                    (mail, hostStart, dot) = (true, i + 1, false);
                else if (!char.IsLetterOrDigit(c) && c is not ('-' or '_') && !(c == '+' && !mail))
                    break;
            }
            if (!dot || lastDot < hostStart)
                return start;
            var ending = lastDot + 1;
            var tail = ending;
            while (tail < look.Length && char.IsLetter(look[tail]))
                tail++;
            if (!(mail ? tail - ending >= 2 : rules.Domains.Contains(look[ending..tail])))
                return start;
            if (!mail && (tail >= look.Length || look[tail] != '/'))
                return start + tail;
            if (mail)
                return start + tail;
        }
        var last = look.Length;
        for (var i = 0; i < look.Length; i++)
        {
            if (IsQuote(look[i]) || look[i] is '<' or '>' or '[' or ']' or '\u2019' or '\'')
            {
                last = i;
                break;
            }
        }
        while (last > 1 && look[last - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or '*' && !(look[last - 1] == ')' && look[..last].Contains('(')))
            last--;
        return start + last;
    }

    private int Number(string text, int at, int end, List<SegmentedWord> words)
    {
        var i = at;
        while (i < end)
        {
            var c = text[i];
            if (char.IsDigit(c))
                i++;
            else if (c is '.' or ',' or ':' or '/' && i + 1 < end && char.IsDigit(text[i + 1]))
                i++;
            else if (c == '-' && i > at && i + 1 < end && char.IsDigit(text[i + 1]) && DashedNumber(text, at, end) is var whole && whole > i)
                return Add(words, at, whole);
            else
                break;
        }
        var letters = i;
        while (letters < end && (IsWordPart(text, letters) || (text[letters] == '.' && letters > i && letters + 1 < end && char.IsLetter(text[letters + 1]))))
            letters++;
        if (letters == i)
            return Add(words, at, i);

        var unit = text.AsSpan(i, letters - i);
        var stopped = letters < end && text[letters] == '.' && unit.Contains('.');
        if (rules.Units.Contains(unit))
        {
            Add(words, at, i);
            return Add(words, i, letters + (stopped ? 1 : 0));
        }
        return Add(words, at, letters);
    }

    /// <summary>A telephone number or date: groups of digits with two or more hyphens, or three digits and four.</summary>
    private static int DashedNumber(string text, int at, int end)
    {
        var (i, hyphens) = (at, 0);
        while (i < end && (char.IsDigit(text[i]) || (text[i] == '-' && i + 1 < end && char.IsDigit(text[i + 1]))))
            hyphens += text[i++] == '-' ? 1 : 0;
        if (i < end && char.IsLetter(text[i]))
            return at;
        return hyphens >= 2 || (hyphens == 1 && i - at == 8 && text[at + 3] == '-') ? i : at;
    }

    private int Letters(string text, int at, int end, List<SegmentedWord> words, ref bool openSingle)
    {
        var i = Run(text, at, end);
        if (i < end && text[i] == '$' && rules.Currencies.Contains(text.AsSpan(at, i - at)))
            return Add(words, at, i + 1);

        // Hyphenated: one word where the table says so or the first part is a prefix, else the parts and the hyphens.
        if (i < end && text[i] == '-' && i + 1 < end && IsWordPart(text, i + 1))
        {
            var compound = i;
            while (compound < end && compound - at < LongestLook && text[compound] == '-' && compound + 1 < end && IsWordPart(text, compound + 1))
                compound = Run(text, compound + 1, end);
            if (rules.Whole.Contains(text.AsSpan(at, compound - at)))
                return Finish(text, at, compound, end, words, ref openSingle);
            if (rules.Prefixes.Contains(text.AsSpan(at, i - at)))
                return Finish(text, at, Run(text, i + 1, end), end, words, ref openSingle);
        }
        return Finish(text, at, i, end, words, ref openSingle);
    }

    /// <summary>Letters and digits, with points and apostrophes between them and ampersands between capitals.</summary>
    private static int Run(string text, int at, int end)
    {
        var i = at;
        for (; i < end; i++)
        {
            if (IsWordPart(text, i) || text[i] == '_')
                continue;
            var next = i + 1 < end && i > at && IsWordPart(text, i + 1);
            if (next && text[i] == '.' && char.IsLetter(text[i - 1]) && (i < at + 2 || text[i - 2] == '.') && char.IsLetter(text[i + 1]) && (i + 2 >= end || !char.IsLetter(text[i + 2]) || i >= at + 3))
                continue;
            if (next && IsApostrophe(text[i]) && text[i] != '`')
                continue;
            if (next && text[i] == '&' && char.IsUpper(text[i - 1]) && char.IsUpper(text[i + 1]))
                continue;
            break;
        }
        return i;
    }

    /// <summary>Settles a word's full stop and divides contractions.</summary>
    private int Finish(string text, int at, int i, int end, List<SegmentedWord> words, ref bool openSingle)
    {
        if (i < end && text[i] == '.' && (i + 1 >= end || text[i + 1] != '.') && KeepsStop(text, at, i, end))
            return Add(words, at, i + 1);

        var word = text.AsSpan(at, i - at);
        if (rules.Contractions.TryGetValue(word, out var parts))
        {
            var from = at;
            foreach (var part in parts)
            {
                Add(words, from, from + part, continues: from > at);
                from += part;
            }
            return i;
        }

        // n't before its apostrophe, the other clitics at theirs; from the right, so that "shouldn't've" has three.
        var stem = i;
        Span<int> cuts = stackalloc int[4];
        var count = 0;
        while (count < cuts.Length)
        {
            var mark = text.AsSpan(at, stem - at).LastIndexOfAny("'\u2019\u2018");
            if (mark < 1)
                break;
            var tail = text.AsSpan(at + mark + 1, stem - at - mark - 1);
            if (tail.Equals("t", StringComparison.OrdinalIgnoreCase) && mark > 1 && text[at + mark - 1] is 'n' or 'N')
                cuts[count++] = stem = at + mark - 1;
            else if (rules.Clitics.Contains(tail))
                cuts[count++] = stem = at + mark;
            else
                break;
        }
        if (count > 0)
        {
            Add(words, at, stem);
            for (var k = count - 1; k >= 0; k--)
                Add(words, cuts[k], k > 0 ? cuts[k - 1] : i, continues: true);
            return i;
        }

        Add(words, at, i);
        // The apostrophe of a plural or of a name in s, unless a quotation in single marks is open.
        if (i < end && text[i] is '\'' or '\u2019' && !openSingle && text[i - 1] is 's' or 'S' or 'z' or 'x' && (i + 1 >= end || !char.IsLetterOrDigit(text[i + 1])) && i - at > 1)
            return Add(words, i, i + 1, continues: true);
        return i;
    }

    private bool KeepsStop(string text, int at, int i, int end)
    {
        var word = text.AsSpan(at, i - at);
        // U.S. and e.g., but not "end.Then": what has points inside keeps the last one.
        if (word.Contains('.') && word.Length <= 12)
            return true;
        if (word.Length == 1 && char.IsUpper(word[0]))
            return word[0] != 'I' || FollowedBy(text, i + 1, char.IsUpper);
        var withStop = text.AsSpan(at, i + 1 - at);
        // "Mr.," keeps its stop before other marks too; before a closing quotation or the end the classifier of sentences decides.
        return rules.Abbreviations.Contains(withStop) || (rules.AbbreviationsBeforeNumbers.Contains(withStop) && FollowedBy(text, i + 1, char.IsDigit));
    }

    private static bool FollowedBy(string text, int at, Func<char, bool> kind)
    {
        // Bounded: a file of blanks after every word must not make this quadratic.
        var most = Math.Min(text.Length, at + 8);
        while (at < most && text[at] == ' ')
            at++;
        return at < most && kind(text[at]);
    }

    private int Apostrophe(string text, int start, int at, int end, List<SegmentedWord> words, ref bool openSingle)
    {
        if (at + 1 < end && text[at + 1] == text[at] && text[at] is '\'' or '`')
            return Add(words, at, at + 2);   // `` and '' as quotation marks
        if (at > start && char.IsLetterOrDigit(text[at - 1]))
        {
            // After a word of which it is no part: a clitic after a number or bracket, else a closing mark.
            openSingle = false;
            return Add(words, at, at + 1);
        }
        var i = at + 1;
        while (i < end && char.IsLetterOrDigit(text[i]))
            i++;
        var word = text.AsSpan(at + 1, i - at - 1);
        if (at > start && rules.Clitics.Contains(word))
            return Add(words, at, i, continues: true);
        if (rules.Elisions.Contains(word) || (word.Length is 2 or 3 && char.IsDigit(word[0]) && char.IsDigit(word[1])))
            return Add(words, at, i);
        openSingle = i > at + 1;
        return Add(words, at, at + 1);
    }
}

namespace Chancery.Lexicon;

/// <summary>Phrases of one or more words, and what each stands for; finds them all in a row of words.</summary>
internal sealed class PhraseTable<T>
{
    // By first word, longer phrases first.
    private readonly Dictionary<string, List<(string[] Words, T Value)>> _byFirst = new(StringComparer.Ordinal);

    /// <summary>Adds a phrase; its words divided by blanks.</summary>
    public void Add(string phrase, T value)
    {
        var words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!_byFirst.TryGetValue(words[0], out var own))
            _byFirst[words[0]] = own = [];
        own.Add((words, value));
        own.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
    }

    /// <summary>Every phrase in a row of words, from left to right, the longest where several begin at one word.</summary>
    /// <param name="count">How many words there are.</param>
    /// <param name="word">A word by its number, in the form in which the phrases are.</param>
    public IEnumerable<(int First, int Last, T Value)> Find(int count, Func<int, string> word)
    {
        for (var i = 0; i < count; i++)
        {
            if (!_byFirst.TryGetValue(word(i), out var own))
                continue;
            foreach (var (words, value) in own)
            {
                var matched = 1;
                while (matched < words.Length && i + matched < count && word(i + matched) == words[matched])
                    matched++;
                if (matched < words.Length)
                    continue;
                yield return (i, i + matched - 1, value);
                i += matched - 1;
                break;
            }
        }
    }
}

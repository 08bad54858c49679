using System.Globalization;

namespace Chancery.Formats.Intake;

/// <summary>What a site asks of machines that read it (RFC 9309).</summary>
public sealed class RobotsRules
{
    private const int MostRules = 10_000;
    private readonly List<(string Pattern, bool Allow)> _rules;

    private RobotsRules(List<(string, bool)> rules, TimeSpan? delay) => (_rules, Delay) = (rules, delay);

    /// <summary>Rules of a site that has none.</summary>
    public static RobotsRules Everything { get; } = new([], null);

    /// <summary>How long the site wants us to wait between requests (<c>Crawl-delay</c>); null where it does not say.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>Reads a <c>robots.txt</c>.</summary>
    /// <param name="text">The file; lines that are no rules are passed over.</param>
    /// <param name="agent">Our name, of which capitals do not matter; without a group for it those for <c>*</c> hold.</param>
    public static RobotsRules Parse(string text, string agent)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(agent);
        var (ours, theirs) = (new List<(string, bool)>(), new List<(string, bool)>());
        TimeSpan? ourDelay = null, theirDelay = null;
        var (forUs, forAll, named, anyForUs) = (false, false, false, false);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.IndexOf('#') is >= 0 and var hash ? raw[..hash] : raw;
            var colon = line.IndexOf(':');
            if (colon < 0)
                continue;
            var (key, value) = (line[..colon].Trim().TrimStart('\uFEFF').ToString().ToLowerInvariant(), line[(colon + 1)..].Trim().ToString());
            if (key == "user-agent")
            {
                if (!named)
                    (forUs, forAll) = (false, false);
                named = true;
                forUs |= value.Split('/')[0].Trim().Equals(agent, StringComparison.OrdinalIgnoreCase);
                forAll |= value == "*";
                anyForUs |= forUs;
                continue;
            }
            if (key is "allow" or "disallow")
            {
                named = false;
                if (value.Length is 0 or > 2000)
                    continue;
                if (forUs && ours.Count < MostRules)
                    ours.Add((value, key == "allow"));
                if (forAll && theirs.Count < MostRules)
                    theirs.Add((value, key == "allow"));
            }
            else if (key == "crawl-delay")
            {
                named = false;
                if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= 3600))
                    continue;
                ourDelay = forUs ? TimeSpan.FromSeconds(seconds) : ourDelay;
                theirDelay = forAll ? TimeSpan.FromSeconds(seconds) : theirDelay;
            }
        }
        return anyForUs ? new(ours, ourDelay) : new(theirs, theirDelay);
    }

    /// <summary>Whether an address may be asked: the longest rule that fits decides, and of equals the one that allows.</summary>
    public bool Allows(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var path = address.PathAndQuery;
        if (path == "/robots.txt")
            return true;
        var (allowed, longest) = (true, -1);
        foreach (var (pattern, allow) in _rules)
            if (pattern.Length >= longest && Fits(path, pattern) && (pattern.Length > longest || allow))
                (allowed, longest) = (allow, pattern.Length);
        return allowed;
    }

    /// <summary><c>*</c> is anything, a last <c>$</c> the end. One pass for each star, whatever the pattern.</summary>
    private static bool Fits(string path, string pattern)
    {
        var whole = pattern.EndsWith('$');
        var parts = (whole ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            if (whole && i == parts.Length - 1)
                return path.Length - at >= parts[i].Length && path.EndsWith(parts[i], StringComparison.Ordinal);
            var found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + parts[i].Length;
        }
        return !whole || at == path.Length;
    }
}

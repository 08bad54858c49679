using System.Collections.Concurrent;
using System.Net;

namespace Chancery.Web.Security;

/// <summary>
/// Slows the guessing of passwords: after some failures from one place, or for one name, each further try must wait, ever longer. A success
/// forgets the failures of its place, not those of its name from other places.
/// </summary>
internal sealed class GuessGuard(TimeProvider clock)
{
    private const int Free = 5, MostKnown = 100_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>How long a try must wait; zero where it need not.</summary>
    public TimeSpan Wait(IPAddress? from, string name)
    {
        var (now, wait) = (clock.GetUtcNow(), TimeSpan.Zero);
        foreach (var key in KeysOf(from, name))
        {
            if (_known.TryGetValue(key, out var known) && known.Failures >= Free && known.Until - now > wait)
                wait = known.Until - now;
        }
        return wait;
    }

    public void Failed(IPAddress? from, string name)
    {
        var now = clock.GetUtcNow();
        // Somebody who tries from everywhere shall not fill the memory.
        if (_known.Count > MostKnown)
        {
            foreach (var (key, known) in _known)
            {
                if (known.Until < now)
                    _known.TryRemove(key, out _);
            }
        }
        foreach (var key in KeysOf(from, name))
            _known.AddOrUpdate(key, _ => (1, now + Longest), (_, old) => old.Until + Longest < now ? (1, now + Longest) : (old.Failures + 1, now + Pause(old.Failures + 1)));
    }

    public void Succeeded(IPAddress? from) => _known.TryRemove(Place(from), out _);

    private static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, failures - Free)));

    private static string[] KeysOf(IPAddress? from, string name) => [Place(from), "name " + name];

    /// <summary>A place: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole.</summary>
    private static string Place(IPAddress? from)
    {
        if (from is null)
            return "place unknown";
        if (from.IsIPv4MappedToIPv6)
            from = from.MapToIPv4();
        return "place " + (from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.ToString());
    }
}

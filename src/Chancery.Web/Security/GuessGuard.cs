using System.Net;
using System.Net.Sockets;

namespace Chancery.Web.Security;

/// <summary>
/// Slows the guessing of passwords: after some failures from one place, or for one name, each further try must wait, ever longer. A success
/// forgets the failures of its place, not those of its name from other places.
/// </summary>
internal sealed class GuessGuard(TimeProvider clock)
{
    private const int Free = 5, MostKnown = 100_000, LongestName = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// Begins a try, unless it must wait. It counts as a failure until it has succeeded, so that many tries at once gain nothing over as many one
    /// after another.
    /// </summary>
    /// <returns>How long it must wait; zero where it may go on.</returns>
    public TimeSpan Begin(IPAddress? from, string name)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var keys = KeysOf(from, name);
            var wait = keys.Max(k => _known.TryGetValue(k, out var known) && known.Failures >= Free ? known.Until - now : TimeSpan.Zero);
            if (wait > TimeSpan.Zero)
                return wait;
            MakeRoom(now);
            foreach (var key in keys)
            {
                var failures = _known.TryGetValue(key, out var known) && known.Until + Longest >= now ? known.Failures + 1 : 1;
                _known[key] = (failures, now + (failures < Free ? Longest : Pause(failures)));
            }
            return TimeSpan.Zero;
        }
    }

    /// <summary>Says that a try has succeeded.</summary>
    public void Succeeded(IPAddress? from, string name)
    {
        lock (_lock)
        {
            var keys = KeysOf(from, name);
            _known.Remove(keys[0]);
            if (_known.TryGetValue(keys[1], out var known))
                _known[keys[1]] = (known.Failures - 1, clock.GetUtcNow());
        }
    }

    /// <summary>Somebody who tries from everywhere shall not fill the memory: what is over goes first, then what is over soonest.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_known.Count < MostKnown)
            return;
        foreach (var key in _known.Where(k => k.Value.Until < now).Select(k => k.Key).ToList())
            _known.Remove(key);
        if (_known.Count >= MostKnown / 2)
        {
            foreach (var key in _known.OrderBy(k => k.Value.Until).Take(MostKnown / 2).Select(k => k.Key).ToList())
                _known.Remove(key);
        }
    }

    private static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, failures - Free)));

    private static string[] KeysOf(IPAddress? from, string name) => [Place(from), "name " + (name.Length <= LongestName ? name : name[..LongestName])];

    /// <summary>A place: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole.</summary>
    private static string Place(IPAddress? from)
    {
        if (from is null)
            return "place unknown";
        if (from.IsIPv4MappedToIPv6)
            from = from.MapToIPv4();
        return "place " + (from.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.ToString());
    }
}

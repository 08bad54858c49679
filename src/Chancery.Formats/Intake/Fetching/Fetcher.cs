using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>
/// Fetches pages and feeds as a good guest does: it asks only public addresses, hears <c>robots.txt</c>, keeps a pace for each host, asks
/// again only for what has changed, and waits where a site is busy. No cookies, no proxy, no credentials. Safe for use by many threads.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private const int MostRedirects = 5;
    private const int LargestRobots = 500 << 10;
    private const int MostHosts = 10_000;
    private const string Agent = "Chancery";
    private static readonly TimeSpan RobotsLast = TimeSpan.FromDays(1);

    private readonly FetchOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _chance;
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, Host> _hosts = new(StringComparer.Ordinal);

    /// <summary>A fetcher with its own connections.</summary>
    /// <param name="options">Limits and manners; the defaults where null.</param>
    /// <param name="clock">Tells the time; the system's where null.</param>
    /// <param name="chance">Spreads waits, so that many watchers do not come back at once; the shared one where null.</param>
    public Fetcher(FetchOptions? options = null, TimeProvider? clock = null, Random? chance = null)
    {
        (_options, _clock, _chance) = (options ?? FetchOptions.Default, clock ?? TimeProvider.System, chance ?? Random.Shared);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would look names up itself, behind the guard's back.
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli | DecompressionMethods.Deflate,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 2,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks for a page or feed.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="since">By what it was known when it was last fetched; null the first time.</param>
    /// <param name="stop">Stops the request.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was used.</exception>
    public async Task<FetchResult> GetAsync(Uri address, Validators? since = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        for (var attempt = 1; ; attempt++)
        {
            var result = await FollowAsync(address, since, _options.LargestAnswer, _options.HearRobots, stop).ConfigureAwait(false);
            if (result is not FetchResult.Refused { Again: { } asked } || attempt >= _options.Tries)
                return result;
            var wait = asked > TimeSpan.Zero ? asked : BackOff(attempt);
            if (wait > _options.LongestWait)
                return new FetchResult.Refused(((FetchResult.Refused)result).Problem, wait);
            await WaitAsync(wait, stop).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Twice as long each time, and up to half as long again by chance.</summary>
    private TimeSpan BackOff(int attempt)
    {
        double chance;
        lock (_chance)
            chance = _chance.NextDouble();
        return TimeSpan.FromSeconds(Math.Pow(2, attempt) * (1 + chance / 2));
    }

    private async Task<FetchResult> FollowAsync(Uri address, Validators? since, long largest, bool hearRobots, CancellationToken stop)
    {
        var at = address;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (AddressGuard.Check(at, _options.AllowPrivate) is { } refused)
                return new FetchResult.Refused(refused, null);
            var host = HostOf(at);
            if (hearRobots)
            {
                var (rules, unknown) = await RobotsAsync(host, at, stop).ConfigureAwait(false);
                if (rules is null)
                    return unknown!;
                if (!rules.Allows(at))
                    return new FetchResult.Refused(new("CH0362", $"{AddressGuard.Shown(at)}: the site asks machines not to read this page (robots.txt); read it by hand, or ask the site."), null);
            }
            var (result, next) = await OnceAsync(host, at, since, largest, stop).ConfigureAwait(false);
            if (next is null)
                return result!;
            at = next;
        }
        return new FetchResult.Refused(new("CH0366", $"{AddressGuard.Shown(address)}: more than {MostRedirects} redirects; check the address in a browser."), null);
    }

    private async Task<(FetchResult? Result, Uri? Next)> OnceAsync(Host host, Uri at, Validators? since, long largest, CancellationToken stop)
    {
        await PaceAsync(host, stop).ConfigureAwait(false);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(_options.LongestTime);
        var shown = AddressGuard.Shown(at);
        try
        {
            using var request = Request(at, since);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            if (status == 304)
                return (new FetchResult.Unchanged(), null);
            if (status is 301 or 302 or 303 or 307 or 308)
                return response.Headers.Location is { } to && Uri.TryCreate(at, to, out var next)
                    ? (null, next) : (new FetchResult.Refused(new("CH0363", $"{shown}: redirects to nowhere (status {status}); check the address."), null), null);
            if (status is 429 or >= 500)
            {
                var again = RetryAfter(response.Headers.RetryAfter);
                if (again > TimeSpan.Zero)
                    host.NotBefore(_clock.GetUtcNow() + again);
                return (new FetchResult.Refused(new("CH0367", $"{shown}: the site is busy or broken (status {status}); try again later."), again), null);
            }
            if (status != 200)
                return (new FetchResult.Refused(new("CH0363", $"{shown}: the site answers with status {status}{Meaning(status)}; check the address."), null), null);
            return (await ReadAsync(response, at, shown, largest, late.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (new FetchResult.Refused(new("CH0365", $"{shown}: no full answer within {_options.LongestTime.TotalSeconds:0} seconds; try again later."), TimeSpan.Zero), null);
        }
        catch (Exception e) when (Guarded(e) is { } why)
        {
            return (new FetchResult.Refused(AddressGuard.Refused(at, why), null), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return (new FetchResult.Refused(new("CH0365", $"{shown}: cannot be reached ({Reason(e)}); check the address and the network."), TimeSpan.Zero), null);
        }
    }

    private static async Task<FetchResult> ReadAsync(HttpResponseMessage response, Uri at, string shown, long largest, CancellationToken stop)
    {
        var tooLarge = new FetchResult.Refused(new("CH0364", $"{shown}: larger than {largest / (1 << 10)} KiB, which no report or feed is; fetch it by hand."), null);
        if (response.Content.Headers.ContentLength > largest)
            return tooLarge;
        var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        var (all, chunk) = (new MemoryStream(), new byte[1 << 16]);
        for (int n; (n = await body.ReadAsync(chunk, stop).ConfigureAwait(false)) > 0;)
        {
            if (all.Length + n > largest)
                return tooLarge;
            all.Write(chunk, 0, n);
        }
        return new FetchResult.Found(at, all.ToArray(), response.Content.Headers.ContentType?.ToString(),
            new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture)));
    }

    private HttpRequestMessage Request(Uri at, Validators? since)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5");
        if (since?.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (since?.LastModified is { } day)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", day);
        return request;
    }

    /// <summary>Looks the name up, checks every address it stands for, and connects to one of those very addresses.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _options.Resolve(host, stop).ConfigureAwait(false);
        if (addresses.Count == 0)
            throw new HttpRequestException($"{host} has no address");
        // One forbidden address among good ones is how a name is made to point inside.
        foreach (var address in addresses)
            if (!AddressGuard.IsAllowed(address, _options.AllowPrivate))
                throw new GuardedException($"'{host}' stands for an address that is not on the public internet");
        Exception? last = null;
        foreach (var address in addresses.Take(4))
        {
            try
            {
                return await _options.Connect(new IPEndPoint(address, port), stop).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }
        throw last!;
    }

    private sealed class GuardedException(string why) : Exception(why);

    private static string? Guarded(Exception e)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
            if (at is GuardedException)
                return at.Message;
        return null;
    }

    private static string Reason(Exception e) => (e.GetBaseException()) switch
    {
        SocketException s => s.SocketErrorCode.ToString(),
        InvalidDataException => "the answer is damaged",
        var other => (e as HttpRequestException)?.HttpRequestError is { } error and not HttpRequestError.Unknown ? error.ToString() : other.GetType().Name,
    };

    private static string Meaning(int status) => status switch
    {
        401 or 403 => " (not allowed)", 404 => " (not found)", 410 => " (gone for good)", _ => "",
    };

    private TimeSpan RetryAfter(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } until } => until - _clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => TimeSpan.Zero,
    };

    /// <summary>The site's rules; where they cannot be had for now, why, because then nothing is asked (RFC 9309, 2.3.1.4).</summary>
    private async Task<(RobotsRules?, FetchResult?)> RobotsAsync(Host host, Uri at, CancellationToken stop)
    {
        await host.RobotsGate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (host.Robots is not null && _clock.GetUtcNow() < host.RobotsUntil)
                return (host.Robots, null);
            var answer = await FollowAsync(new Uri(at, "/robots.txt"), null, LargestRobots, hearRobots: false, stop).ConfigureAwait(false);
            switch (answer)
            {
                case FetchResult.Found found:
                    host.Robots = RobotsRules.Parse(Decoding.Text(found.Bytes), Agent);
                    break;
                // The site has none (a 4xx status), or none that can be meant for us (endless redirects, or megabytes).
                case FetchResult.Refused { Problem.Code: "CH0363" or "CH0364" or "CH0366" }:
                    host.Robots = RobotsRules.Everything;
                    break;
                default:
                    return (null, answer);
            }
            host.RobotsUntil = _clock.GetUtcNow() + RobotsLast;
            return (host.Robots, null);
        }
        finally
        {
            host.RobotsGate.Release();
        }
    }

    private async Task PaceAsync(Host host, CancellationToken stop)
    {
        var pace = host.Robots?.Delay is { } asked && asked > _options.Pace ? asked < _options.LongestWait ? asked : _options.LongestWait : _options.Pace;
        var wait = host.Reserve(_clock.GetUtcNow(), pace);
        if (wait > TimeSpan.Zero)
            await WaitAsync(wait < _options.LongestWait ? wait : _options.LongestWait, stop).ConfigureAwait(false);
    }

    private Task WaitAsync(TimeSpan time, CancellationToken stop) => _options.Wait is { } wait ? wait(time, stop) : Task.Delay(time, _clock, stop);

    private Host HostOf(Uri at)
    {
        if (_hosts.Count > MostHosts)
            _hosts.Clear();
        return _hosts.GetOrAdd(at.GetLeftPart(UriPartial.Authority), static _ => new Host());
    }

    /// <summary>What is known of one host.</summary>
    private sealed class Host
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _free;

        public SemaphoreSlim RobotsGate { get; } = new(1, 1);

        public RobotsRules? Robots { get; set; }

        public DateTimeOffset RobotsUntil { get; set; }

        /// <summary>Takes the next free moment; says how long it is until then.</summary>
        public TimeSpan Reserve(DateTimeOffset now, TimeSpan pace)
        {
            lock (_lock)
            {
                var start = _free > now ? _free : now;
                _free = start + pace;
                return start - now;
            }
        }

        public void NotBefore(DateTimeOffset time)
        {
            lock (_lock)
                _free = time > _free ? time : _free;
        }
    }
}

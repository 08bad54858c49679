using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chancery.Formats.Intake;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

/// <summary>Nothing here leaves the machine: names are made up, and every connection ends at a listener of the test.</summary>
public class FetchTests
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.8.9.1:8080/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://198.51.100.7/")]
    [InlineData("http://203.0.113.7/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[2001:2::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[::7f00:1]/")]
    [InlineData("http://[64:ff9b::10.0.0.1]/")]
    [InlineData("http://[64:ff9b:1::808:808]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:808:808:0:0:f5ff:fffe]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://134744072/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0x08080808/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://010.8.8.8/")]
    [InlineData("http://127.1/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://ⓛocalhost/")]
    [InlineData("http://localhost/")]
    [InlineData("http://localhost./")]
    [InlineData("http://LOCALHOST:5000/")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://printer.local/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://intranet/")]
    [InlineData("ftp://courier.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://courier.example/")]
    [InlineData("http://user:secret@courier.example/")]
    public void Addresses_that_are_not_public_are_refused(string address)
    {
        var problem = AddressGuard.Check(new Uri(address));
        Assert.True(problem is { Code: "CH0360" or "CH0361" }, address);
        Assert.DoesNotContain("secret", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://courier.example/a?b=c")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("http://172.32.0.1/")]
    [InlineData("http://[2606:4700::1111]/")]
    [InlineData("http://[64:ff9b::8.8.8.8]/")]
    [InlineData("https://3com.example/")]
    [InlineData("https://münchen.example/")]
    public void Public_addresses_are_not(string address) => Assert.Null(AddressGuard.Check(new Uri(address)));

    [Theory]
    [InlineData("http://10.1.2.3/", true)]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://wiki.internal/", true)]
    [InlineData("http://intranet/", true)]
    [InlineData("http://[fd00::1]/", true)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://[::ffff:169.254.169.254]/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://224.0.0.1/", false)]
    [InlineData("http://0x7f.1/", false)]
    public void The_own_network_can_be_allowed(string address, bool allowed) => Assert.Equal(allowed, AddressGuard.Check(new Uri(address), allowPrivate: true) is null);

    public static TheoryData<string, string, bool> Robots => new()
    {
        { "User-agent: *\nDisallow: /private", "/private/a", false },
        { "User-agent: *\nDisallow: /private", "/public", true },
        { "User-agent: *\nDisallow: /\nAllow: /news", "/news/a", true },
        { "User-agent: *\nDisallow: /\n\nUser-agent: chancery/2.0\nDisallow: /x", "/news", true },
        { "User-agent: other\nUser-agent: Chancery\nDisallow: /a # not this\nUser-agent: *\nDisallow: /b", "/a", false },
        { "User-agent: other\nUser-agent: Chancery\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", true },
        { "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false },
        { "User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true },
        { "User-agent: *\nDisallow: /a*b*c", "/aXXbYYc/z", false },
        { "User-agent: *\nAllow: /p\nDisallow: /p", "/p", true },
        { "User-agent: *\nDisallow:", "/a", true },
        { "<html>Not found</html>", "/a", true },
        { "Disallow: /", "/a", true },
    };

    [Theory]
    [MemberData(nameof(Robots))]
    public void Robots_rules_are_read_as_the_standard_says(string text, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(text, "Chancery").Allows(new Uri("https://courier.example" + path)));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_time() =>
        Assert.True(RobotsRules.Parse("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("a*", 900)) + "b", "Chancery").Allows(new Uri("https://courier.example/" + new string('a', 5000))));

    [Fact]
    public async Task A_page_is_asked_for_as_a_good_guest_does()
    {
        await using var site = new Site(("/a", Site.Answer("Hello", "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\nLast-Modified: Wed, 10 Apr 2024 10:00:00 GMT\r\nSet-Cookie: id=1\r\n")));
        using var fetcher = site.Fetcher();
        var found = Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.Equal(("Hello", "text/html; charset=utf-8", "\"v1\"", "Wed, 10 Apr 2024 10:00:00 GMT"), (Encoding.UTF8.GetString(found.Bytes), found.MediaType, found.Validators.ETag, found.Validators.LastModified));
        site.Set("/a", "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        Assert.IsType<FetchResult.Unchanged>(await fetcher.GetAsync(new("http://courier.example/a"), found.Validators));
        Assert.Equal(["/robots.txt", "/a", "/a"], site.Paths);
        Assert.Contains("User-Agent: Chancery", site.Requests[1], StringComparison.Ordinal);
        Assert.Contains("If-None-Match: \"v1\"", site.Requests[2], StringComparison.Ordinal);
        Assert.Contains("If-Modified-Since: Wed, 10 Apr 2024 10:00:00 GMT", site.Requests[2], StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", site.Requests[2], StringComparison.Ordinal);
        Assert.True(site.Waited >= TimeSpan.FromSeconds(1.9), "a second between requests");
    }

    [Fact]
    public async Task Connections_go_to_the_address_that_was_checked()
    {
        var asked = 0;
        await using var site = new Site(("/a", Site.Answer("Hello")));
        // The name turns to an address inside after it was first looked up.
        using var fetcher = site.Fetcher(o => o with { HearRobots = false, Resolve = (_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse(++asked == 1 ? "93.184.216.34" : "10.0.0.1")]) });
        Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.Equal(["93.184.216.34:80"], site.Connected);
        var refused = Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://other.example/a")));
        Assert.Equal("CH0360", refused.Problem.Code);
        Assert.Single(site.Connected);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("93.184.216.34 10.0.0.1")]
    public async Task A_name_that_stands_for_an_address_inside_is_refused(string addresses)
    {
        await using var site = new Site();
        using var fetcher = site.Fetcher(o => o with { Resolve = (_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Split(' ').Select(IPAddress.Parse)]) });
        var refused = Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.Equal(("CH0360", null), (refused.Problem.Code, refused.Again));
        Assert.Empty(site.Connected);
    }

    [Theory]
    [InlineData("http://127.0.0.1/admin", "CH0360")]
    [InlineData("http://169.254.169.254/", "CH0360")]
    [InlineData("http://0x7f000001/", "CH0360")]
    [InlineData("file:///etc/passwd", "CH0361")]
    [InlineData("http://private.example/hidden", "CH0362")]
    public async Task Each_redirect_is_checked_anew(string to, string code)
    {
        await using var site = new Site(("/a", Site.Redirect(to)), ("private.example/robots.txt", Site.Answer("User-agent: *\nDisallow: /hidden")));
        using var fetcher = site.Fetcher();
        Assert.Equal(code, Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/a"))).Problem.Code);
        Assert.DoesNotContain("/hidden", site.Paths);
    }

    [Fact]
    public async Task Redirects_are_followed_five_times()
    {
        await using var site = new Site(("/a", Site.Redirect("/b")), ("/b", Site.Redirect("http://www.courier.example/c")), ("/c", Site.Answer("Hello")), ("/loop", Site.Redirect("/loop")));
        using var fetcher = site.Fetcher();
        Assert.Equal("http://www.courier.example/c", Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a"))).Address.AbsoluteUri);
        Assert.Equal("CH0366", Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/loop"))).Problem.Code);
        Assert.Equal(6, site.Paths.Count(p => p == "/loop"));
    }

    [Fact]
    public async Task Packed_answers_are_unpacked_within_the_limit()
    {
        static byte[] Gzip(byte[] bytes)
        {
            var to = new MemoryStream();
            using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(bytes);
            return to.ToArray();
        }

        static byte[] Brotli(byte[] bytes)
        {
            var to = new MemoryStream();
            using (var brotli = new BrotliStream(to, CompressionLevel.Optimal, leaveOpen: true))
                brotli.Write(bytes);
            return to.ToArray();
        }

        await using var site = new Site(
            ("/gz", Site.Answer(Gzip("Hello"u8.ToArray()), "Content-Encoding: gzip\r\n")), ("/br", Site.Answer(Brotli("Hello"u8.ToArray()), "Content-Encoding: br\r\n")),
            ("/bomb", Site.Answer(Gzip(new byte[20 << 20]), "Content-Encoding: gzip\r\n")), ("/large", Site.Answer(new byte[2 << 20])));
        using var fetcher = site.Fetcher(o => o with { LargestAnswer = 1 << 20 });
        foreach (var path in (string[])["/gz", "/br"])
            Assert.Equal("Hello", Encoding.UTF8.GetString(Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example" + path))).Bytes));
        foreach (var path in (string[])["/bomb", "/large"])
            Assert.Equal("CH0364", Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example" + path))).Problem.Code);
    }

    [Fact]
    public async Task A_busy_site_is_left_alone_for_as_long_as_it_asks()
    {
        await using var site = new Site([("/a", "HTTP/1.1 503 Busy\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), 1), ("/b", "HTTP/1.1 429 Slow\r\nRetry-After: 4000\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), 9), ("/c", "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), 9)]);
        site.Set("/a", Site.Answer("Hello"));
        using var fetcher = site.Fetcher();
        Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.InRange(site.Waited, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(45));
        var before = site.Waited;
        var broken = Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/c")));
        Assert.Equal("CH0367", broken.Problem.Code);
        Assert.Equal(3, site.Paths.Count(p => p == "/c"));
        Assert.InRange(site.Waited - before, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(12));
        var busy = Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/b")));
        Assert.Equal(("CH0367", TimeSpan.FromSeconds(4000)), (busy.Problem.Code, busy.Again));
        Assert.Single(site.Paths, p => p == "/b");
    }

    [Fact]
    public async Task What_robots_may_not_read_is_not_asked_for()
    {
        await using var site = new Site(("/robots.txt", Site.Answer("User-agent: *\nDisallow: /private\nCrawl-delay: 7")), ("/a", Site.Answer("Hello")));
        using var fetcher = site.Fetcher();
        Assert.Equal("CH0362", Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/private/a"))).Problem.Code);
        Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.IsType<FetchResult.Found>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.Equal(["/robots.txt", "/a", "/a"], site.Paths);
        Assert.InRange(site.Waited, TimeSpan.FromSeconds(7.9), TimeSpan.FromSeconds(20));
        site.Pass(TimeSpan.FromHours(25));
        await fetcher.GetAsync(new("http://courier.example/a"));
        Assert.Equal(2, site.Paths.Count(p => p == "/robots.txt"));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "CH0363", false)]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", "CH0363", false)]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "CH0363", false)]
    [InlineData("nonsense\r\n\r\n", "CH0365", true)]
    [InlineData("", "CH0365", true)]
    public async Task What_cannot_be_had_is_told(string answer, string code, bool later)
    {
        await using var site = new Site(("/a", Encoding.ASCII.GetBytes(answer)));
        using var fetcher = site.Fetcher(o => o with { Tries = 1 });
        var refused = Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/a")));
        Assert.Equal((code, later), (refused.Problem.Code, refused.Again is not null));
    }

    [Fact]
    public async Task A_site_that_never_ends_is_left()
    {
        await using var site = new Site(("/a", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nHello"u8.ToArray())) { KeepsOpen = true };
        using var fetcher = site.Fetcher(o => o with { HearRobots = false, Tries = 1, LongestTime = TimeSpan.FromSeconds(0.3) });
        Assert.Equal("CH0365", Assert.IsType<FetchResult.Refused>(await fetcher.GetAsync(new("http://courier.example/a"))).Problem.Code);
        using var stop = new CancellationTokenSource(50);
        using var patient = site.Fetcher(o => o with { HearRobots = false });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.GetAsync(new("http://courier.example/a"), null, stop.Token));
    }

    /// <summary>Sites on loopback that answer what a test says, and a clock that waiting moves.</summary>
    private sealed class Site : TimeProvider, IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Dictionary<string, Queue<byte[]>> _answers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, byte[]> _last = new(StringComparer.Ordinal);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;
        private DateTimeOffset _now = new(2024, 4, 10, 0, 0, 0, TimeSpan.Zero);

        public Site(params (string Path, byte[] Answer)[] answers) : this([.. answers.Select(a => (a.Path, a.Answer, 0))])
        {
        }

        public Site((string Path, byte[] Answer, int Times)[] answers)
        {
            foreach (var (path, answer, times) in answers)
            {
                _answers[path] = new(Enumerable.Repeat(answer, times));
                if (times == 0)
                    _last[path] = answer;
            }
            _listener.Start();
            _serving = Serve();
        }

        public bool KeepsOpen { get; init; }
        public List<string> Requests { get; } = [];
        public List<string> Connected { get; } = [];
        public TimeSpan Waited { get; private set; }
        public IEnumerable<string> Paths => Requests.Select(r => r.Split(' ')[1]);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;

        public void Set(string path, byte[] answer) => _last[path] = answer;

        public static byte[] Answer(string body, string headers = "") => Answer(Encoding.UTF8.GetBytes(body), headers);

        public static byte[] Answer(byte[] body, string headers = "") => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

        public static byte[] Redirect(string to) => Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");

        public Fetcher Fetcher(Func<FetchOptions, FetchOptions>? change = null)
        {
            var options = new FetchOptions
            {
                Resolve = (_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("93.184.216.34")]),
                Connect = async (to, stop) =>
                {
                    Connected.Add(to.ToString());
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(_listener.LocalEndpoint, stop);
                    return new NetworkStream(socket, ownsSocket: true);
                },
                Wait = (time, _) =>
                {
                    Waited += time;
                    _now += time;
                    return Task.CompletedTask;
                },
            };
            return new(change?.Invoke(options) ?? options, this, new Random(1));
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                    _ = Serve(await _listener.AcceptSocketAsync(_stop.Token));
            }
            catch (OperationCanceledException)
            {
            }
        }

        private async Task Serve(Socket socket)
        {
            try
            {
                using (socket)
                {
                    var (text, buffer) = ("", new byte[8192]);
                    while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
                    {
                        var n = await socket.ReceiveAsync(buffer, _stop.Token);
                        if (n == 0)
                            return;
                        text += Encoding.ASCII.GetString(buffer, 0, n);
                    }
                    byte[] answer;
                    lock (Requests)
                    {
                        Requests.Add(text);
                        var path = text.Split(' ')[1];
                        var host = text.Split("Host: ")[1].Split('\r')[0];
                        answer = _answers.TryGetValue(path, out var queue) && queue.TryDequeue(out var next) ? next
                            : _last.GetValueOrDefault(host + path) ?? _last.GetValueOrDefault(path) ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
                    }
                    // One request a connection, which is said so that none is sent into the void.
                    var head = Encoding.ASCII.GetString(answer).IndexOf("\r\n", StringComparison.Ordinal);
                    await socket.SendAsync(head > 0 ? [.. answer[..head], .. "\r\nConnection: close"u8, .. answer[head..]] : answer, _stop.Token);
                    if (KeepsOpen)
                        await Task.Delay(-1, _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _stop.Dispose();
        }
    }
}

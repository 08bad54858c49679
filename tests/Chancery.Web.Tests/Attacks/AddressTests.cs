using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chancery.Formats.Intake;
using Chancery.Web.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>
/// Addresses that want the server to ask its own network for things. The guard decides with a resolver and a connector of the tests: names are made up,
/// and whatever is let through ends at a listener on this machine's own address.
/// </summary>
public sealed class AddressTests
{
    private const string Public = "93.184.216.34";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost:8740/api/v1/info")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://2852039166/latest/meta-data")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://router.local/")]
    [InlineData("http://intranet/")]
    [InlineData("http://news.example@127.0.0.1/")]
    [InlineData("http://127.0.0.1\\@news.example/")]
    [InlineData("http://ⓛocalhost/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://127。0。0。1/")]
    public async Task Nothing_is_sent_to_what_is_not_public(string address)
    {
        using var net = new Net();
        await using var server = await StartAsync(net);
        var code = await CodeOfAsync(server, address);
        Assert.Contains(code, new[] { "CH0360", "CH0361", "CH0427" });
        Assert.Empty(net.Connections);
        Assert.Equal(0, (await server.Client.GetInfoAsync(Stop)).Documents);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd12::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("0.0.0.0")]
    public async Task Nor_to_a_name_that_stands_for_such_an_address(string stands)
    {
        using var net = new Net { Stands = _ => [stands] };
        await using var server = await StartAsync(net);
        Assert.Equal("CH0360", await CodeOfAsync(server, "http://news.example/1.html"));
        Assert.Empty(net.Connections);
    }

    [Fact]
    public async Task A_name_that_changes_between_look_up_and_connection_gains_nothing()
    {
        var asked = 0;
        using var net = new Net { Stands = _ => [++asked % 2 == 1 ? Public : "127.0.0.1"] };
        await using var server = await StartAsync(net);
        for (var i = 0; i < 4; i++)
            await CodeOfAsync(server, $"http://news{i}.example/1.html");
        // Whatever the name stood for later, connections went where the guard had looked.
        Assert.All(net.Connections, c => Assert.Equal(Public, c.Address.ToString()));
        Assert.True(asked >= 4);
    }

    [Fact]
    public async Task A_name_with_a_public_and_a_private_address_is_not_asked_at_the_private_one()
    {
        using var net = new Net { Stands = _ => ["10.0.0.1", Public, "::1"] };
        await using var server = await StartAsync(net);
        await CodeOfAsync(server, "http://news.example/1.html");
        Assert.All(net.Connections, c => Assert.Equal(Public, c.Address.ToString()));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8740/api/v1/info")]
    [InlineData("http://[::1]/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://2130706433/")]
    [InlineData("//localhost/")]
    [InlineData("http://inside.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:25/")]
    public async Task Redirections_lead_nowhere_inside(string target)
    {
        using var net = new Net { Stands = host => [host == "inside.example" ? "192.168.7.7" : Public], Answer = path => path == "/robots.txt" ? null : $"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n" };
        await using var server = await StartAsync(net);
        Assert.Contains(await CodeOfAsync(server, "http://news.example/1.html"), new[] { "CH0360", "CH0361" });
        Assert.NotEmpty(net.Connections);
        Assert.All(net.Connections, c => Assert.Equal(Public, c.Address.ToString()));
    }

    [Fact]
    public async Task A_public_page_is_fetched_and_read()
    {
        const string Page = "<html><head><title>Envoys meet</title></head><body><article><h1>Envoys meet</h1><p>The ministers of France and Italy met in Rome on Monday and spoke of trade, and agreed to meet again.</p><p>Nothing else was made known of the talks, which lasted three hours and ended at noon.</p></article></body></html>";
        using var net = new Net { Answer = path => path == "/robots.txt" ? null : $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(Page)}\r\n\r\n{Page}" };
        await using var server = await StartAsync(net);
        var job = await ApiTests.FinishedAsync(server.Client, await server.Client.AddDocumentAsync(new(null, null, null, null, "http://news.example/1.html"), Stop));
        Assert.Equal("done", job.State);
        Assert.Equal(("Envoys meet", "http://news.example/1.html"), ((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries[0].Title, (await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries[0].Url));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://news.example/")]
    [InlineData("gopher://news.example/")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\secret.txt")]
    [InlineData("data:text/plain,hello")]
    [InlineData("javascript:alert(1)")]
    public async Task Other_schemes_and_files_are_no_addresses(string address)
    {
        using var net = new Net();
        await using var server = await StartAsync(net);
        Assert.Equal("CH0427", await CodeOfAsync(server, address));
        Assert.Empty(net.Connections);
    }

    private static Task<Running> StartAsync(Net net) => SampleServer.StartAsync(records: [], configure: b => b.Services.AddSingleton(new FetchOptions
    {
        Tries = 1,
        Resolve = (host, _) => Task.FromResult<IReadOnlyList<IPAddress>>([.. net.Stands(host).Select(IPAddress.Parse)]),
        Connect = net.ConnectAsync,
        Wait = (_, _) => Task.CompletedTask,
    }));

    private static async Task<string?> CodeOfAsync(Running server, string address)
    {
        try
        {
            var job = await ApiTests.FinishedAsync(server.Client, await server.Client.AddDocumentAsync(new(null, null, null, null, address), Stop));
            return job.Steps.FirstOrDefault(s => s.What == "problem")?.Code;
        }
        catch (ChanceryException<Problem> e)
        {
            return e.Result.Code;
        }
    }

    /// <summary>A network of which nothing is real but a listener on this machine, at which every connection ends.</summary>
    private sealed class Net : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Net()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public Func<string, string[]> Stands { get; init; } = _ => [Public];

        /// <summary>What is answered at a path; null for 404.</summary>
        public Func<string, string?> Answer { get; init; } = _ => null;

        /// <summary>Where connections were meant to go.</summary>
        public ConcurrentQueue<IPEndPoint> Connections { get; } = [];

        public async ValueTask<Stream> ConnectAsync(IPEndPoint to, CancellationToken stop)
        {
            Connections.Enqueue(to);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(_listener.LocalEndpoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII);
                    var path = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "/";
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                        // The head of the request is of no interest.
                    }
                    await stream.WriteAsync(Encoding.UTF8.GetBytes((Answer(path) ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").Replace("\r\nContent-Length", "\r\nConnection: close\r\nContent-Length", StringComparison.Ordinal)));
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or IOException)
            {
                // The test is over.
            }
        }
    }
}

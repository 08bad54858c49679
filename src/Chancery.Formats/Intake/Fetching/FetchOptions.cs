using System.Net;
using System.Net.Sockets;

namespace Chancery.Formats.Intake;

/// <summary>How pages and feeds are fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>The defaults.</summary>
    public static FetchOptions Default { get; } = new();

    /// <summary>Whether addresses of one's own network and machine may be asked. Default: no.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Whether <c>robots.txt</c> is heard. Default: yes.</summary>
    public bool HearRobots { get; init; } = true;

    /// <summary>The largest answer taken, unpacked, in bytes. Default: 32 MiB.</summary>
    public long LargestAnswer { get; init; } = 32L << 20;

    /// <summary>The longest that one request may take, from connecting to the last byte. Default: 30 seconds.</summary>
    public TimeSpan LongestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two requests to one host. Default: 1 second; a site may ask for more.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is made where the first fails for a reason that may pass. Default: 3 times.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>The longest that is waited before another try; a site that asks for more is left for later. Default: 2 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What we call ourselves.</summary>
    public string UserAgent { get; init; } = "Chancery/0.1 (reads news feeds; respects robots.txt)";

    /// <summary>Finds the addresses of a name; the system's resolver by default.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<IPAddress>>> Resolve { get; init; } = async (host, stop) => await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false);

    /// <summary>Connects to an address that was checked; a socket by default.</summary>
    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Connect { get; init; } = async (to, stop) =>
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };

    /// <summary>Waits; a timer of the clock by default.</summary>
    public Func<TimeSpan, CancellationToken, Task>? Wait { get; init; }
}

using System.Net;

namespace Chancery.Web.Serving;

/// <summary>How the archive is opened to people and programs.</summary>
public sealed record ServeOptions
{
    /// <summary>Where to listen.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>The port, unless told otherwise.</summary>
    public const int DefaultPort = 8740;

    /// <summary>Names besides those of this machine under which it may be asked, such as <c>chancery.example.org</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether addresses of private networks may be fetched.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How many documents are read at once.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many requests to the API one address may make in a minute; null for 60,000 from this machine and 1,200 from elsewhere.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Whether those who ask need an account, also where only this machine can ask, as behind a proxy.</summary>
    public bool Accounts { get; init; }

    /// <summary>A certificate and its key, both PEM, for https; null for http.</summary>
    public (string Certificate, string Key)? Tls { get; init; }

    /// <summary>Whether everyone who can ask may do everything.</summary>
    public bool IsOpen => IsLocal && !Accounts;

    /// <summary>Whether only this machine can ask.</summary>
    public bool IsLocal => IPAddress.IsLoopback(Listen.Address);
}

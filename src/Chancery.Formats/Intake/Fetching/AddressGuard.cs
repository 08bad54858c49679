using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>
/// Keeps requests away from what is not the public internet, so that a feed or a redirect cannot make this machine ask its own network
/// for things. Names are looked at before, and the addresses they stand for at the moment of connecting.
/// </summary>
public static partial class AddressGuard
{
    private static readonly (IPNetwork Range, bool Private)[] NotPublic =
    [
        .. Ranges(false, "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "fe80::/10", "ff00::/8", "2001:db8::/32", "3fff::/20", "2001:2::/48", "2001:10::/28", "2001:20::/28", "100::/64", "64:ff9b:1::/48"),
        .. Ranges(true, "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10", "::1/128"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    private static readonly string[] LocalNames = [".local", ".internal", ".localhost", ".localdomain", ".home.arpa", ".intranet", ".lan", ".corp", ".home"];

    /// <summary>What an address says of itself before any name is looked up.</summary>
    /// <param name="address">Where a request would go.</param>
    /// <param name="allowPrivate">Whether one's own network and machine may be asked; link-local and other special addresses never may.</param>
    /// <returns>Null where nothing speaks against it; else CH0360 or CH0361.</returns>
    public static Problem? Check(Uri address, bool allowPrivate = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            return new("CH0361", $"{Shown(address)}: only http and https addresses are fetched; give one of these.");
        if (address.UserInfo.Length > 0)
            return new("CH0361", $"{Shown(address)}: holds a user's name or password, which is not sent; give the address without.");
        if (address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            // What is written as 0x7f.1 or 2130706433 wants to be taken for something else.
            if (address.HostNameType == UriHostNameType.IPv4 && WrittenHost(address) is { } written && written != address.Host)
                return Refused(address, $"'{written}' is a disguised spelling of {address.Host}");
            return IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IsAllowed(ip, allowPrivate) ? null : Refused(address, "the address is not on the public internet");
        }
        var host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        // Wide and circled characters, and digits of other scripts, are the plain ones to a resolver; no site has them in its name.
        if (address.Host.Any(c => c is (>= '\uFF00' and <= '\uFFEF') or (>= '\u2460' and <= '\u24FF') or '\u3002' || (char.IsDigit(c) && !char.IsAsciiDigit(c))))
            return Refused(address, $"'{address.Host}' is a disguised spelling");
        if (NumberLike().IsMatch(host))
            return Refused(address, $"'{host}' is a disguised spelling of a number");
        if (!allowPrivate && (host is "localhost" || !host.Contains('.', StringComparison.Ordinal) || LocalNames.Any(n => host.EndsWith(n, StringComparison.Ordinal))))
            return Refused(address, $"'{host}' is a name of a local network");
        return null;
    }

    /// <summary>Whether a request may go to an address.</summary>
    /// <param name="address">The address that is connected to, not one that a name stood for earlier.</param>
    /// <param name="allowPrivate">Whether one's own network and machine may be asked.</param>
    public static bool IsAllowed(IPAddress address, bool allowPrivate = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            return IsAllowed(address.MapToIPv4(), allowPrivate);
        foreach (var (range, isPrivate) in NotPublic)
            if (range.Contains(address))
                return isPrivate && allowPrivate;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return true;
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
            return false;
        var bytes = address.GetAddressBytes();
        if (Translated.Contains(address))
            return IsAllowed(new IPAddress(bytes.AsSpan(12, 4)), allowPrivate);
        if (!GlobalUnicast.Contains(address))
            return false;
        if (SixToFour.Contains(address))
            return IsAllowed(new IPAddress(bytes.AsSpan(2, 4)), allowPrivate);
        if (Teredo.Contains(address))
        {
            byte[] client = [.. bytes.AsSpan(12, 4)];
            for (var i = 0; i < 4; i++)
                client[i] ^= 0xFF;
            return IsAllowed(new IPAddress(bytes.AsSpan(4, 4)), allowPrivate) && IsAllowed(new IPAddress(client), allowPrivate);
        }
        return true;
    }

    internal static Problem Refused(Uri address, string why) =>
        new("CH0360", $"{Shown(address)}: {why}, and is not asked; where it is your own network's, allow private addresses.");

    /// <summary>An address without a password or a query's secrets.</summary>
    internal static string Shown(Uri address) =>
        address.IsAbsoluteUri && address.Scheme is "http" or "https" ? $"{address.Scheme}://{address.Authority}{address.AbsolutePath}" : address.IsAbsoluteUri ? $"{address.Scheme}:…" : "an address without a scheme";

    private static string? WrittenHost(Uri address) => Authority().Match(address.OriginalString) is { Success: true } written ? written.Groups[1].Value.TrimEnd('.') : null;

    private static IEnumerable<(IPNetwork, bool)> Ranges(bool isPrivate, params string[] ranges) => ranges.Select(r => (IPNetwork.Parse(r), isPrivate));

    [GeneratedRegex(@"^(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike();

    [GeneratedRegex(@"^\s*[a-zA-Z]+:[/\\]*([^/\\?#:\[\]]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Authority();
}

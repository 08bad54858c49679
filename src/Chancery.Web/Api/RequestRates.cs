using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Api;

/// <summary>How often the API may be asked: a bucket of tokens for each who asks, a minute's worth, filled each second.</summary>
internal static class RequestRates
{
    /// <summary>The name of the policy.</summary>
    public const string Policy = "api";

    /// <summary>The name of the policy for signing in: hashes of passwords take the processor's time, so only a few are made at once.</summary>
    public const string SignIns = "sign-in";

    private const int UsualHere = 60_000, UsualElsewhere = 1200;

    public static void AddRequestRates(this IServiceCollection services, ServeOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Policy, context =>
        {
            var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
            var most = Math.Max(1, options.RequestsPerMinute ?? (IPAddress.IsLoopback(address) ? UsualHere : UsualElsewhere));
            // Only who is known has a bucket of his own: a name that anyone may give would be one for each request.
            return RateLimitPartition.GetTokenBucketLimiter(context.User.Identity is { IsAuthenticated: true, Name: { } name } ? "user " + name : Network(address), _ => new()
            {
                TokenLimit = most,
                TokensPerPeriod = Math.Max(1, most / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60 / most)),
                QueueLimit = 0,
            });
        });
        limiter.AddConcurrencyLimiter(SignIns, o => (o.PermitLimit, o.QueueLimit) = (4, 100));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Problems.WriteAsync(rejected.HttpContext, HttpStatusCode.TooManyRequests, "CH0543", string.Create(CultureInfo.InvariantCulture, $"Too many requests; ask again after {wait} s.")).ConfigureAwait(false);
        };
    });

    /// <summary>Whoever has an address of IPv6 has a whole network of them.</summary>
    private static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.GetAddressBytes() is { Length: 16 } bytes && !IPAddress.IsLoopback(address) ? Convert.ToHexString(bytes.AsSpan(0, 8)) : address.ToString();
    }
}

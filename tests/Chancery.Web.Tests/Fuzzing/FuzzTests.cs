using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Chancery.Formats.Intake;
using Chancery.Web.Serving;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chancery.Web.Tests.Fuzzing;

/// <summary>A small part of what <c>bench fuzz</c> asks, the same in every run.</summary>
public class FuzzTests
{
    private const int Requests = 2000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_answers_anything_as_described_and_never_fails()
    {
        // No address that is made up here is asked for.
        await using var server = await SampleServer.StartAsync(new ServeOptions { RequestsPerMinute = 1_000_000 }, b => b.Services.AddSingleton(new FetchOptions { Tries = 1, Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound), Connect = (_, _) => throw new SocketException((int)SocketError.HostUnreachable) }));
        var description = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Stop)).RootElement;
        var fuzz = new ApiFuzz(server.Http, description, await ApiFuzz.Known.OfAsync(server.Http, Stop));
        var outcome = await fuzz.RunAsync(20240410, Requests, Stop);
        Assert.True(outcome.Faults.Count == 0, string.Join('\n', outcome.Faults.Take(20)));
        Assert.Equal(fuzz.Operations.Order(StringComparer.Ordinal), outcome.Answers.Keys);
        Assert.Equal(Requests, outcome.Answers.Values.Sum(a => a.Values.Sum()));
        // Questions that are right are among them, and wrong ones.
        Assert.All(outcome.Answers, a => Assert.True(a.Value.Keys.Any(s => s < 400), $"{a.Key} never answered"));
        Assert.Contains(outcome.Answers.Values, a => a.ContainsKey(400));
        using var health = await server.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Empty(server.Archive.Check(cancellationToken: Stop));
    }
}

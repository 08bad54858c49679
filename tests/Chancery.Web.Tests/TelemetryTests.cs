using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Chancery.Web.Tests.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chancery.Web.Tests;

/// <summary>A server tells a monitor how it fares, and nobody where no monitor is named.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_go_where_they_are_wanted_and_hold_no_words()
    {
        var told = new ConcurrentDictionary<string, StringBuilder>(StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        await using var monitor = builder.Build();
        monitor.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer);
            var all = told.GetOrAdd(context.Request.Path, _ => new());
            lock (all)
                all.Append(Encoding.Latin1.GetString(buffer.ToArray()));
        });
        await monitor.StartAsync(TestContext.Current.CancellationToken);

        await using (var server = await SampleServer.StartAsync(records: [], configure: b =>
        {
            b.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = monitor.Urls.Single();
            b.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            b.Configuration["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
            b.Configuration["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        }))
        {
            await server.Client.SearchAsync("xylophone");
            var job = await server.Client.AddDocumentAsync(new("1911-05-04", null, "Spain recalled its xylophone-envoy from Lisbon on Friday, and Portugal protested.", null, null));
            Assert.Equal("done", (await ApiTests.FinishedAsync(server.Client, job)).State);
            await ApiTests.FinishedAsync(server.Client, await server.Client.AddDocumentAsync(new(null, null, null, null, "http://127.0.0.1/")));
            for (var i = 0; i < 200 && !(Has("/v1/metrics", "chancery.problems") && Has("/v1/traces", "merge")); i++)
                await Task.Delay(100);
        }
        Assert.All(new[] { "http.server.request.duration", "chancery.documents", "chancery.problems", "CH0360", "chancery.reading.duration", "chancery.jobs" }, m => Assert.True(Has("/v1/metrics", m), m));
        Assert.All(new[] { "job", "read", "merge", "GET /api/v1/search" }, s => Assert.True(Has("/v1/traces", s), s));
        Assert.All(told.Values, all => Assert.DoesNotContain("xylophone", all.ToString(), StringComparison.Ordinal));

        bool Has(string path, string words)
        {
            if (!told.TryGetValue(path, out var all))
                return false;
            lock (all)
                return all.ToString().Contains(words, StringComparison.Ordinal);
        }
    }
}

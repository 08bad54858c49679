using System.Text.Json;
using System.Text.RegularExpressions;
using Chancery.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;

namespace Chancery.Web.Tests;

/// <summary>The description of the API is valid, says all that there is, and stays as it was approved.</summary>
public partial class DescriptionTests(SampleServer server)
{
    private Task<string> DescriptionAsync => server.Http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Is_as_approved() => Approved.Same((await DescriptionAsync).ReplaceLineEndings("\n") + "\n", "openapi.json");

    [Fact]
    public async Task Makes_the_client_by_which_these_tests_ask() => Approved.Same(await ClientMaker.MakeAsync(await DescriptionAsync), "ChanceryClient.cs");

    [Fact]
    public async Task Is_valid_OpenAPI_3_1()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(await DescriptionAsync));
        var (document, found) = await OpenApiDocument.LoadAsync(stream, "json", new() { RuleSet = ValidationRuleSet.GetDefaultRuleSet() }, TestContext.Current.CancellationToken);
        Assert.Empty(found!.Errors);
        Assert.Empty(found.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, found.SpecificationVersion);
        var operations = document!.Paths.SelectMany(p => p.Value.Operations!.Values).ToList();
        Assert.Equal(operations.Count, operations.Select(o => o.OperationId).Distinct().Count());
        Assert.All(operations, o => Assert.True(o.Summary!.Length > 5 && o.Tags!.Count == 1 && document.Tags!.Any(t => t.Name == o.Tags.First().Name)));
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_type_is_used()
    {
        var text = await DescriptionAsync;
        using var json = JsonDocument.Parse(text);
        var types = json.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var named = References().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(types.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_type_and_field_and_parameter_is_explained()
    {
        using var json = JsonDocument.Parse(await DescriptionAsync);
        var silent = new List<string>();
        foreach (var type in json.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(t => t.Value.TryGetProperty("properties", out _)))
        {
            // A page of a list is explained by the operation.
            if (!type.Value.TryGetProperty("description", out _))
                silent.Add(type.Name);
            // What may be null and is a type of ours is explained by that.
            silent.AddRange(type.Value.GetProperty("properties").EnumerateObject().Where(p => !p.Value.TryGetProperty("description", out _) && !p.Value.TryGetProperty("oneOf", out _)).Select(p => $"{type.Name}.{p.Name}"));
        }
        foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Where(o => o.Value.TryGetProperty("parameters", out _)))
            silent.AddRange(path.Value.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("description").GetString() is not { Length: > 5 }).Select(p => $"{path.Name} {p.GetProperty("name")}"));
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Tells_of_every_address_of_the_API()
    {
        await using var running = await SampleServer.StartAsync(records: []);
        using var json = JsonDocument.Parse(await DescriptionAsync);
        var described = json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal).ToList();
        var served = running.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "HEAD").Select(m => $"{m} {e.RoutePattern.RawText}")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(served, described);
        Assert.True(served.Count > 30);
    }

    [Fact]
    public async Task The_page_for_people_tells_of_every_operation_and_type()
    {
        using var json = JsonDocument.Parse(await DescriptionAsync);
        var page = await server.Http.GetStringAsync(new Uri("/api", UriKind.Relative), TestContext.Current.CancellationToken);
        var operations = json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()).ToList();
        Assert.All(operations, o => Assert.Contains($"id=\"{o}\"", page, StringComparison.Ordinal));
        Assert.All(json.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject(), t => Assert.Contains($"id=\"type-{t.Name}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_operation_and_code_is_in_the_manual()
    {
        var manual = await File.ReadAllTextAsync(Repository.File("docs", "api.md"), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await DescriptionAsync);
        Assert.All(json.RootElement.GetProperty("paths").EnumerateObject(), p => Assert.Contains($"`{p.Name["/api/v1".Length..]}`", manual, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"#/components/schemas/([A-Za-z]+)\"")]
    private static partial Regex References();
}

using Chancery.Web.Api.Adding;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Describing;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chancery.Web.Api;

/// <summary>The API over the archive, under <c>/api/v1</c>, with its description.</summary>
internal static class ApiV1
{
    /// <summary>Where it lies.</summary>
    public const string Prefix = "/api/v1";

    public static void AddApi(this IServiceCollection services, ServeOptions options)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Set(json.SerializerOptions));
        services.AddSingleton<Freshness>();
        services.TryAddSingleton<IAddJobs, AddJobsInProcess>();
        services.AddRequestRates(options);
        services.AddApiDescription();
    }

    public static void MapApiV1(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Prefix).RequireRateLimiting(RequestRates.Policy);
        api.MapLists();
        api.MapDocuments();
        api.MapFollowing();
        app.MapApiDescription();
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Chancery.Web.Serving;

/// <summary>Metrics and traces by OpenTelemetry, sent only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says whereto.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        services.AddOpenTelemetry()
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter(Measured.Name).AddOtlpExporter())
            .WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource(Measured.Name).AddOtlpExporter());
    }
}

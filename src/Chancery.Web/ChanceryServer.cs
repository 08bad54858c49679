using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Chancery.Archive;
using Chancery.Formats.Intake;
using Chancery.Web.Api;
using Chancery.Web.Mcp;
using Chancery.Web.Pages;
using Chancery.Web.Screens;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chancery.Web;

/// <summary>The pages and the HTTP API over an archive.</summary>
public static class ChanceryServer
{
    /// <summary>Makes a server; it does not listen yet.</summary>
    /// <param name="archive">The archive; stays the caller's to close.</param>
    /// <param name="reading">What adding reports needs.</param>
    /// <param name="options">Where to listen, and for whom.</param>
    /// <param name="accounts">Who may ask where not everyone may; null for those of the archive.</param>
    /// <param name="clock">What time it is; null for the machine's.</param>
    /// <param name="configure">For tests: another transport, other services.</param>
    public static WebApplication Create(Archive.Archive archive, ReadingParts reading, ServeOptions options, Accounts? accounts = null, TimeProvider? clock = null, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // That keys of cookies lie unencrypted where only the archive's owner may read is known.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // Somebody else's mistakes in asking are answered, and fill no log; what goes wrong in a look-up is logged by it.
            .AddFilter("ModelContextProtocol", LogLevel.Critical)
            // Whoever starts the server is told why it cannot, in a sentence.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(options.Listen, l =>
            {
                if (options.Tls is var (certificate, key))
                    l.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key));
            });
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = Limits.LargestBody;
            k.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));
            k.Limits.MaxConcurrentConnections = Limits.MostConnections;
            k.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.AddSingleton(archive).AddSingleton(reading).AddSingleton(options).AddSingleton(clock ?? TimeProvider.System);
        // Whoever adds an address waits for it, and others behind him: what is slow is given up sooner than by a watcher.
        builder.Services.AddSingleton(new FetchOptions { AllowPrivate = options.AllowPrivate, Tries = 2, LongestWait = TimeSpan.FromSeconds(10) });
        builder.Services.AddSingleton(s => new Fetcher(s.GetRequiredService<FetchOptions>(), s.GetRequiredService<TimeProvider>()));
        builder.Services.AddDoors(accounts ?? Accounts.Of(archive), options.IsOpen);
        if (options.IsOpen)
            builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        else
            builder.Services.AddCookieKeys(archive);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddSingleton<Recent>();
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteOptions>(o => o.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(o => { o.Cookie.Name = "chancery-form"; o.Cookie.SameSite = SameSiteMode.Strict; o.Cookie.HttpOnly = true; });
        builder.Services.AddProblemDetails();
        builder.Services.AddApi(options);
        builder.Services.AddArchiveMcp();
        configure?.Invoke(builder);
        builder.Services.AddTelemetry(builder.Configuration);

        var app = builder.Build();
        app.Use(SafeHeaders.AddAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = FailAsync,
            // Mistakes of those who ask are told to them. They would else fill the log, with whatever words they chose.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException or Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException || (failed.Exception is ArchiveException e && Problems.StatusOf(e) != HttpStatusCode.InternalServerError),
        });
        app.UseStatusCodePages(MissingAsync);
        if (options.IsOpen)
            app.Use(NoProxyAsync);
        else
            app.UseForwardedHeaders();
        app.Use(new Serving.SameSite(options).CheckAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(Doors.CheckChangesAsync);
        app.UseAntiforgery();
        app.UseRateLimiter();
        app.MapGet("/assets/{**name}", (HttpContext context, string name) => PageAssets.ServeAsync(context, name)).AllowAnonymous();
        app.MapGet("/health", Health).AllowAnonymous();
        app.MapScreens();
        app.MapApiV1();
        app.MapArchiveMcp();
        if (!options.IsOpen)
            app.MapSignIn();
        return app;
    }

    /// <summary>Whether the archive answers; for those who watch over servers.</summary>
    private static IResult Health(Archive.Archive archive)
    {
        try
        {
            return TypedResults.Json(new { status = "ok", waiting = archive.Waiting });
        }
        catch (ArchiveException)
        {
            return TypedResults.Json(new { status = "failing" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Through a proxy others ask, whom a server that trusts this machine does not know.</summary>
    private static Task NoProxyAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.ContainsKey("X-Forwarded-For") || context.Request.Headers.ContainsKey("Forwarded") || context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from)
            ? Problems.WriteAsync(context, HttpStatusCode.Forbidden, "CH0553", "A proxy asks on behalf of others; start the server with --accounts, so that it knows who they are.")
            : next(context);

    /// <summary>What went wrong while answering: a page for people, a problem for programs. Never what went on inside.</summary>
    private static async Task FailAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (HttpStatusCode status, string code, string detail) = error switch
        {
            ArchiveException e => (Problems.StatusOf(e), e.Code, e.Message),
            BadHttpRequestException e => ((HttpStatusCode)e.StatusCode, "CH0503", e.Message),
            Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => (HttpStatusCode.BadRequest, "CH0504", "The form is too old, or not from this server; load the page again and repeat."),
            _ => (HttpStatusCode.InternalServerError, "CH0500", "Something went wrong here; what was archived is safe. The server's log says more."),
        };
        await TellAsync(context, status, code, detail).ConfigureAwait(false);
    }

    private static Task MissingAsync(StatusCodeContext context)
    {
        var status = (HttpStatusCode)context.HttpContext.Response.StatusCode;
        return status switch
        {
            HttpStatusCode.NotFound => TellAsync(context.HttpContext, status, "CH0505", "There is nothing at this address."),
            HttpStatusCode.MethodNotAllowed => TellAsync(context.HttpContext, status, "CH0506", "That cannot be done with this address."),
            HttpStatusCode.UnsupportedMediaType => TellAsync(context.HttpContext, status, "CH0507", "Content of this type is not taken here."),
            _ => TellAsync(context.HttpContext, status, "CH0503", string.Create(CultureInfo.InvariantCulture, $"The request was not understood ({(int)status}).")),
        };
    }

    private static async Task TellAsync(HttpContext context, HttpStatusCode status, string code, string detail)
    {
        context.Response.StatusCode = (int)status;
        if (Screen.WantsPage(context.Request))
            await Screen.Page<ProblemPage>(new() { ["Title"] = Problems.Of(status, code, detail).Title, ["Code"] = code, ["Detail"] = detail }, (int)status).ExecuteAsync(context).ConfigureAwait(false);
        else
            await Problems.WriteAsync(context, status, code, detail).ConfigureAwait(false);
    }
}

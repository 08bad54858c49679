using Microsoft.Playwright;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>Debian's Chromium, driven by Playwright. Where there is none the tests are skipped, saying so.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        _playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        // Chromium's own sandbox needs rights that containers do not give; the pages are ours.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"] }).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync().ConfigureAwait(false);
        _playwright?.Dispose();
    }

    /// <summary>A window of its own, which notes whatever goes wrong in it.</summary>
    public async Task<Window> OpenAsync(int width = 1280, int height = 900, ColorScheme colours = ColorScheme.Light, bool script = true)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = script }).ConfigureAwait(false);
        return new(await context.NewPageAsync().ConfigureAwait(false));
    }
}

/// <summary>A window of a browser.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly List<string> _wrong = [];

    public Window(IPage page)
    {
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") _wrong.Add(message.Text); };
        page.PageError += (_, error) => _wrong.Add(error);
        page.RequestFailed += (_, request) => { if (request.Failure is not "net::ERR_ABORTED") _wrong.Add($"{request.Url}: {request.Failure}"); };
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync().ConfigureAwait(false);
}

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>Every page, in a real browser, with the samples and without: nothing goes wrong, and everyone can use it.</summary>
public sealed class PagesTests(Site site, Browser browser) : IClassFixture<Site>, IClassFixture<Browser>
{
    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "/?since=1890", "What is new" }, { "/timeline", "Timeline" }, { "/statements", "Statements" }, { "/diary", "Diary" }, { "/measures", "Measures" }, { "/positions", "Positions" }, { "/disputes", "Disputes" },
        { "/timeline?actor=France&type=REJECT,ACCUSE&from=1890&to=1960", "Timeline" }, { "/timeline?actor=Nobody+of+that+name", "Timeline" }, { "/corrections", "Corrections" },
        { "/nothing-here", "Not found" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public Task With_the_samples(string address, string heading) => LookAsync(site.Full + address, heading);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task With_nothing(string address, string heading) => LookAsync(site.Empty + address, address.StartsWith("/?", StringComparison.Ordinal) ? "The archive is empty" : heading);

    [Fact]
    public async Task Words_open_under_their_entry_and_close_again()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync(site.Full + "/timeline");
        var link = window.Page.Locator("a.words").First;
        await link.ClickAsync();
        await Assertions.Expect(window.Page.Locator("tr.words blockquote").First).ToBeVisibleAsync();
        await link.ClickAsync();
        await Assertions.Expect(window.Page.Locator("tr.words")).ToHaveCountAsync(0);
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task More_entries_follow_on_the_same_page()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync(site.Full + "/timeline?limit=20");
        await Assertions.Expect(window.Page.Locator("tr.entry")).ToHaveCountAsync(20);
        await window.Page.Locator("tr.more a").ClickAsync();
        await Assertions.Expect(window.Page.Locator("tr.entry")).ToHaveCountAsync(40);
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task A_filter_stands_in_the_address()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync(site.Full + "/timeline");
        await window.Page.GetByLabel("who", new() { Exact = true }).FillAsync("Egypt");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(site.Full + "/timeline?actor=Egypt");
        await Assertions.Expect(window.Page.Locator("tr.entry").First).ToContainTextAsync("Egypt");
    }

    [Fact]
    public async Task Pages_work_without_script()
    {
        await using var window = await browser.OpenAsync(script: false);
        await window.Page.GotoAsync(site.Full + "/timeline");
        await window.Page.Locator("a.words").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("blockquote").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task From_today_to_a_quote_by_keyboard_alone()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync(site.Full + "/?since=1890");
        for (var i = 0; i < 200 && !await window.Page.EvaluateAsync<bool>("document.activeElement.matches('a.words')"); i++)
            await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("tr.words blockquote").First).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task On_a_phone_nothing_is_cut_off(string address, string heading)
    {
        await using var window = await browser.OpenAsync(width: 390, height: 800);
        await window.Page.GotoAsync(site.Full + address);
        await Assertions.Expect(window.Page.Locator("h1").First).ToContainTextAsync(heading);
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than a phone");
    }

    private async Task LookAsync(string address, string heading)
    {
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var window = await browser.OpenAsync(colours: colours);
            await window.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Assertions.Expect(window.Page.Locator("h1").First).ToContainTextAsync(heading);
            // The answer itself may be an error; that is what this page is about.
            Assert.All(window.Wrong, w => Assert.Contains("404", w, StringComparison.Ordinal));
            var found = await window.Page.RunAxe();
            Assert.Equal("", string.Join('\n', found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{colours}: {v.Id}: {v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}")));
            if (Environment.GetEnvironmentVariable("CHANCERY_SCREENSHOTS") is { Length: > 0 } folder)
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{NameOf(address)}-{colours.ToString().ToLowerInvariant()}.png") });
        }
    }

    private static string NameOf(string address) => new([.. new Uri(address).PathAndQuery.Trim('/').Select(c => char.IsLetterOrDigit(c) ? c : '-').DefaultIfEmpty('t')]);
}

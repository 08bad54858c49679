using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>Every page, in a real browser, with the samples and without: nothing goes wrong, and everyone can use it.</summary>
public sealed class PagesTests(Site site, Browser browser) : IClassFixture<Site>, IClassFixture<Browser>
{
    // Address, heading with the samples, heading without; null for the same. {suez} stands for the key of that sample.
    public static TheoryData<string, string, string?> Pages { get; } = new()
    {
        { "/?since=1890", "What is new", "The archive is empty" }, { "/timeline", "Timeline", null }, { "/statements", "Statements", null }, { "/diary", "Diary", null }, { "/measures", "Measures", null }, { "/positions", "Positions", null }, { "/disputes", "Disputes", null },
        { "/timeline?actor=France&type=REJECT,ACCUSE&from=1890&to=1960", "Timeline", null }, { "/timeline?actor=Nobody+of+that+name", "Timeline", null }, { "/corrections", "Corrections", null }, { "/documents", "Reports", null },
        { "/documents/{suez}", "Britain and France give Egypt", "Not in the archive" }, { "/documents/{suez}/entries/e1/edit", "Britain and France give Egypt", "Not in the archive" }, { "/documents/none-such", "Not in the archive", null },
        { "/actors", "Actors", null }, { "/actor?of=FRA", "France", "Nobody of that name" }, { "/actor?of=Nobody+of+that+name", "Nobody of that name", null }, { "/relation?of=FRA&with=GBR", "France and United Kingdom", "Nobody of that name" },
        { "/network?from=1870&to=1980", "Who deals with whom", null }, { "/network?actor=Nobody+of+that+name", "Who deals with whom", null }, { "/map?from=1870&to=1980", "Where it happened", null }, { "/map?actor=Nobody+of+that+name", "Where it happened", null },
        { "/diary/month?of=1975-08", "August 1975", null }, { "/positions/matrix", "Who stands where", null }, { "/search?q=fleet", "fleet", null }, { "/search?q=nothingofthekind", "nothingofthekind", null }, { "/search", "Search", null }, { "/add", "Add a report", null },
        { "/words/999999", "Not there any more", null }, { "/add/none-such", "Long over", null }, { "/timeline?from=whenever", "Not understood", null }, { "/nothing-here", "Not found", null },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public Task With_the_samples(string address, string heading, string? without) => LookAsync(site.Full + Filled(address), heading, without is null ? null : "with", ColorScheme.Light, ColorScheme.Dark);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task With_nothing(string address, string heading, string? without) => LookAsync(site.Empty + Filled(address), without ?? heading, without is null ? null : "without", ColorScheme.Light);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task On_a_phone_nothing_is_cut_off(string address, string heading, string? without)
    {
        await using var window = await browser.OpenAsync(width: 390, height: 800);
        await window.Page.GotoAsync(site.Full + Filled(address), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(window.Page.Locator("h1").First).ToContainTextAsync(heading);
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than a phone{(without is null ? "" : ", with the samples")}");
    }

    [Fact]
    public async Task Words_open_under_their_entry_and_close_again()
    {
        await using var window = await browser.OpenAsync();
        foreach (var (address, below) in new[] { ("/timeline", "tr.words"), ("/?since=1890", "li.words-below"), ("/disputes", ".words-below") })
        {
            await window.Page.GotoAsync(site.Full + address);
            var link = window.Page.Locator("a.words").First;
            await link.ClickAsync();
            await Assertions.Expect(window.Page.Locator($"{below} blockquote").First).ToBeVisibleAsync();
            await link.ClickAsync();
            await Assertions.Expect(window.Page.Locator(below)).ToHaveCountAsync(0);
        }
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
    public async Task From_today_to_a_quote_and_its_report_by_keyboard_alone()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.GotoAsync(site.Full + "/?since=1890");
        async Task TabToAsync(string what)
        {
            for (var i = 0; i < 200 && !await window.Page.EvaluateAsync<bool>($"document.activeElement.matches('{what}')"); i++)
                await window.Page.Keyboard.PressAsync("Tab");
        }
        await TabToAsync("a.words");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".words-below blockquote").First).ToBeVisibleAsync();
        await TabToAsync(".words-below a");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".card.lit").First).ToBeVisibleAsync();
        // From card to card, as from entry to entry elsewhere.
        await window.Page.Keyboard.PressAsync("j");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.activeElement.matches('.card')"));
        await Assertions.Expect(window.Page.Locator(".text .lit, h1 .lit").First).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task Every_way_from_a_page_leads_somewhere()
    {
        // No browser is needed: links are in what the server sends.
        using var http = new HttpClient { BaseAddress = new(site.Full), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var (left, seen, lost) = (new Queue<string>(["/"]), new HashSet<string>(["/"], StringComparer.Ordinal), new List<string>());
        for (var asked = 0; left.TryDequeue(out var address) && asked < 400; asked++)
        {
            using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
                lost.Add($"{(int)answer.StatusCode} {address}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(page, "(?:href|data-from|hx-get)=\"(/[^\"]*)\""))
            {
                var to = System.Net.WebUtility.HtmlDecode(link.Groups[1].Value).Split('#')[0];
                if (to.Length > 0 && seen.Add(to))
                    left.Enqueue(to);
            }
        }
        Assert.Empty(lost);
        Assert.True(seen.Count > 200, $"only {seen.Count} addresses were found");
    }

    private string Filled(string address) => address.Contains("{suez}", StringComparison.Ordinal) ? address.Replace("{suez}", site.KeyOf("suez"), StringComparison.Ordinal) : address;

    private async Task LookAsync(string address, string heading, string? which, params ColorScheme[] schemes)
    {
        foreach (var colours in schemes)
        {
            await using var window = await browser.OpenAsync(colours: colours);
            await window.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Assertions.Expect(window.Page.Locator("h1").First).ToContainTextAsync(heading);
            // The answer itself may be an error; that is what this page is about.
            Assert.All(window.Wrong, w => Assert.Matches("status of (404|400)", w));
            var found = await window.Page.RunAxe();
            Assert.Equal("", string.Join('\n', found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{colours}{which}: {v.Id}: {v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}")));
        }
    }
}

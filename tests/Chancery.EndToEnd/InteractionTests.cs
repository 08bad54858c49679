using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>What people do on pages, in a real browser.</summary>
public sealed class InteractionTests(Site site, Browser browser) : IClassFixture<Site>, IClassFixture<Browser>
{
    [Fact]
    public async Task Words_of_a_report_and_their_card_light_up_together()
    {
        await using var window = await OpenAsync(site.Full + "/documents/" + site.KeyOf("suez"));
        var mark = window.Page.Locator(".text a.m").Nth(2);
        var entry = (await mark.GetAttributeAsync("href"))!;
        await mark.HoverAsync();
        await Assertions.Expect(window.Page.Locator($"{entry}.lit")).ToBeVisibleAsync();
        await window.Page.Locator("h2").First.HoverAsync();
        await Assertions.Expect(window.Page.Locator(".lit")).ToHaveCountAsync(0);
        // And the other way, by keyboard.
        await window.Page.Locator(entry).FocusAsync();
        await Assertions.Expect(window.Page.Locator($".text a.m.lit[href='{entry}']")).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task A_mark_brings_its_card_into_sight()
    {
        await using var window = await OpenAsync(site.Full + "/documents/" + site.KeyOf("suez"));
        var mark = window.Page.Locator(".text a.m").Last;
        var entry = (await mark.GetAttributeAsync("href"))!;
        await mark.ScrollIntoViewIfNeededAsync();
        await mark.ClickAsync();
        await Assertions.Expect(window.Page.Locator(entry)).ToBeInViewportAsync();
        await Assertions.Expect(window.Page.Locator(entry)).ToBeFocusedAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(entry + "$"));
    }

    [Fact]
    public async Task Chains_of_sources_show_as_chains()
    {
        await using var window = await OpenAsync(site.Full + "/documents/" + site.KeyOf("suez"));
        var chain = window.Page.Locator(".sources").First;
        Assert.True(await chain.Locator("li").CountAsync() >= 2);
        await chain.Locator("a").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".card.lit").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task An_entry_is_confirmed_edited_and_rejected_in_place_and_shows_so_everywhere()
    {
        var key = site.KeyOf("helsinki");
        await using var window = await OpenAsync($"{site.Full}/documents/{key}");
        var card = window.Page.Locator(".card.event").First;
        var entry = await card.GetAttributeAsync("id");
        card = window.Page.Locator($"#{entry}");
        await card.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(card.Locator(".mark.confirmed")).ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await card.GetByLabel("status").SelectOptionAsync("planned");
        await card.GetByLabel("why").FillAsync("see the cable");
        await card.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(card.Locator(".status.planned")).ToBeVisibleAsync();
        await Assertions.Expect(card).ToContainTextAsync("see the cable");

        // A value that cannot be is refused where it stands.
        await card.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await card.GetByLabel("date").FillAsync("whenever");
        await card.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(card.Locator(".problem")).ToContainTextAsync("no date");
        await card.GetByRole(AriaRole.Link, new() { Name = "Leave as it is" }).ClickAsync();
        await Assertions.Expect(card.Locator(".mark.edited")).ToBeVisibleAsync();

        // By keyboard.
        await card.FocusAsync();
        await window.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(card.Locator("text=rejected")).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await Assertions.Expect(window.Page.Locator($"#{entry}.rejected")).ToHaveCountAsync(1);
        await window.Page.GotoAsync(site.Full + "/corrections");
        await Assertions.Expect(window.Page.Locator("tbody tr", new() { HasText = key })).ToHaveCountAsync(3);
        await window.Page.GotoAsync($"{site.Full}/documents/{key}");
        await window.Page.Locator($"#{entry}").GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator($"#{entry} .mark.confirmed")).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task Entries_are_decided_on_without_script()
    {
        await using var window = await browser.OpenAsync(script: false);
        await window.Page.GotoAsync($"{site.Full}/documents/{site.KeyOf("locarno")}");
        var card = window.Page.Locator(".card.statement").First;
        await card.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".card.statement .mark.confirmed").First).ToBeVisibleAsync();
        await window.Page.Locator(".card.statement").First.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await window.Page.GetByLabel("does what").SelectOptionAsync("warn");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".card.statement").First).ToContainTextAsync("warn");
    }

    [Fact]
    public async Task Drawing_over_the_chart_of_a_relation_chooses_its_events()
    {
        await using var window = await OpenAsync(site.Full + "/relation?of=RUS&with=JPN");
        await Assertions.Expect(window.Page.Locator("#relation-chart canvas").First).ToBeVisibleAsync();
        var box = (await window.Page.Locator("#relation-chart").BoundingBoxAsync())!;
        await window.Page.Mouse.MoveAsync(box.X + (box.Width * 0.2f), box.Y + (box.Height * 0.5f));
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + (box.Height * 0.5f), new() { Steps = 8 });
        await window.Page.Mouse.UpAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=\\d{4}-\\d{2}&to=\\d{4}-\\d{2}"));
        await Assertions.Expect(window.Page.Locator("#relation-events")).ToContainTextAsync("all time");
        // The address alone shows the same.
        await window.Page.ReloadAsync();
        await Assertions.Expect(window.Page.Locator("#relation-events")).ToContainTextAsync("all time");
        Assert.Empty(window.Wrong);
    }

    [Theory]
    [InlineData("/network?from=1870&to=1980", "#network")]
    [InlineData("/map?from=1870&to=1980", "#map")]
    public async Task A_picture_draws_what_its_table_says(string address, string picture)
    {
        await using var window = await OpenAsync(site.Full + address);
        await window.Page.Locator($"{picture}[data-drawn]").WaitForAsync();
        var drawn = int.Parse((await window.Page.Locator(picture).GetAttributeAsync("data-drawn"))!, CultureInfo.InvariantCulture);
        Assert.InRange(drawn, 1, await window.Page.Locator("table.list tbody tr").CountAsync());
        await window.Page.Locator("a.open").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("a.words").First).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task A_field_of_the_table_of_positions_opens_to_its_quotes()
    {
        await using var window = await OpenAsync(site.Full + "/positions/matrix");
        await window.Page.Locator(".matrix td a").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("#cell-words blockquote").First).ToBeVisibleAsync();
        await window.Page.Locator("#cell-words li a[href^='/documents/']").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".text")).ToBeVisibleAsync();
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task The_diary_goes_from_month_to_month_and_offers_its_calendar()
    {
        await using var window = await OpenAsync(site.Full + "/diary/month?of=1975-07");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "August →" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("August 1975");
        await window.Page.Locator(".month li a").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("blockquote").First).ToBeVisibleAsync();
        await window.Page.GotoAsync(site.Full + "/diary/month?of=1975-08&actor=DEU");
        var address = await window.Page.GetByLabel("Address of the calendar").InputValueAsync();
        var calendar = await window.Page.APIRequest.GetAsync(address);
        Assert.Equal("text/calendar; charset=utf-8", calendar.Headers["content-type"]);
        Assert.StartsWith("BEGIN:VCALENDAR", await calendar.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_finds_people_statements_and_reports_and_its_filters_stand_in_the_address()
    {
        await using var window = await OpenAsync(site.Full + "/");
        await window.Page.Keyboard.PressAsync("/");
        await window.Page.Keyboard.TypeAsync("Delcassé");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".chips a").First).ToContainTextAsync("Théophile Delcassé");
        await Assertions.Expect(window.Page.Locator("a.open[href^='/documents/fashoda']")).ToBeVisibleAsync();
        await window.Page.Locator("form.filters").GetByLabel("from").FillAsync("1950");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=1950"));
        await Assertions.Expect(window.Page.Locator("a.open[href^='/documents/fashoda']")).ToHaveCountAsync(0);
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task A_report_is_added_and_watched_and_then_the_samples()
    {
        await using var window = await OpenAsync(site.Fresh + "/add");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give a text");
        await window.Page.GetByLabel("An address").FillAsync("not an address");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not an address");
        await window.Page.GetByLabel("An address").FillAsync("");
        await window.Page.GetByLabel("Its text").FillAsync("Minister denies plan\n\nPARIS, May 3, 1911 - The French foreign minister, Jean Cruppi, met the Spanish ambassador on Tuesday. He denied that France planned to occupy Fez.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("#job")).ToContainTextAsync("Done", new() { Timeout = 60_000 });
        await window.Page.Locator(".steps a[href^='/documents/']").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".card").First).ToBeVisibleAsync();

        // A page that was empty offers the samples; this archive's turn.
        await window.Page.GotoAsync(site.Empty + "/");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Read the eight sample reports" })).ToBeVisibleAsync();
        Assert.All(window.Wrong, w => Assert.Contains("status of 400", w, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_screen_has_its_data()
    {
        using var http = new HttpClient { BaseAddress = new(site.Full) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var word = site.Samples.Entries(Archive.ArchiveView.Timeline, new() { Limit = 1 }, 0).Entries[0].Id;
        foreach (var (screen, formats) in new[]
        {
            ("/today.{0}?since=1890", "json csv"), ("/timeline.{0}", "json jsonl csv parquet"), ("/statements.{0}", "json csv parquet"), ("/diary.{0}", "json csv parquet ics"), ("/measures.{0}", "json csv parquet"), ("/positions.{0}", "json csv parquet"),
            ("/disputes.{0}", "json csv parquet"), ("/documents.{0}", "json csv parquet"), ($"/documents/{site.KeyOf("suez")}.{{0}}", "json csv"), ("/actors.{0}", "json csv parquet"), ("/actor.{0}?of=FRA", "json csv"), ("/relation.{0}?of=FRA&with=GBR", "json csv"),
            ("/network.{0}?from=1870&to=1980", "json csv parquet"), ("/map.{0}?from=1870&to=1980", "json csv parquet"), ("/positions/matrix.{0}", "json csv parquet"), ("/diary/month.{0}?of=1975-08", "json csv ics"), ("/search.{0}?q=fleet", "json csv"), ($"/words/{word}.{{0}}", "json csv"),
        })
        {
            foreach (var format in formats.Split(' '))
            {
                using var answer = await http.GetAsync(new Uri(string.Format(CultureInfo.InvariantCulture, screen, format), UriKind.Relative), TestContext.Current.CancellationToken);
                var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                Assert.True(answer.IsSuccessStatusCode && bytes.Length > 20, $"{screen} {format}: {(int)answer.StatusCode}, {bytes.Length} bytes");
                if (format == "json")
                    System.Text.Json.JsonDocument.Parse(bytes).Dispose();
                else
                    Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    private async Task<Window> OpenAsync(string address)
    {
        var window = await browser.OpenAsync();
        await window.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        return window;
    }
}

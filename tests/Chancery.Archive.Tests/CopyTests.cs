using Chancery.Corrections;
using Chancery.Records;
using Xunit;

namespace Chancery.Archive.Tests;

/// <summary>Archives go from a file to a server and back, whole or not at all; several who write do each other no harm.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly SqlitePlace _files = new();
    private readonly PostgresPlace _server = new();

    public void Dispose()
    {
        _files.Dispose();
        _server.Dispose();
    }

    private static ReportBuilder Report(int n) => new ReportBuilder($"r{n}").By(n % 2 == 0 ? "Harbour Courier" : "Morning Lamp", $"2024-04-{10 + (n % 9)}")
        .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", verb: "visited").Event("SANCTION", Somebody.France, Somebody.Chile, $"2024-04-{1 + (n % 9):d2}", verb: "imposed sanctions on")
        .Says(Somebody.Vale, SpeechAct.Support, "the lighthouse treaty");

    [Fact]
    public void A_copy_there_and_back_is_equal_and_goes_on()
    {
        var file = ArchiveTests.Fill(_files.Make(), Enumerable.Range(0, 20).Select(Report));
        file.Correct(ArchiveTests.KeyOf(Report(3)), new("e0", "", CorrectionAction.Confirm, "Iris", "2024-05-01T00:00:00Z"));
        var server = _server.Make();
        file.CopyTo(server);
        Assert.Equal(file.Waiting, server.Waiting);
        var back = _files.Make("back");
        server.CopyTo(back);
        foreach (var archive in new[] { file, server, back })
            ArchiveTests.Fill(archive, Report(20));
        Assert.Equal(ArchiveTests.Export(file), ArchiveTests.Export(server));
        Assert.Equal(ArchiveTests.Picture(file), ArchiveTests.Picture(server));
        Assert.Equal(ArchiveTests.Picture(file), ArchiveTests.Picture(back));
        Assert.Empty(server.Check());
        Assert.Empty(back.Check());
        Assert.Equal(file.Search("lighthouse", 5).Statements.Count, server.Search("lighthouse", 5).Statements.Count);
        Assert.Empty(ArchiveComparison.Of(file, server).Differences);
        back.Forget(ArchiveTests.KeyOf(Report(20)));
        back.Merge();
        Assert.NotEmpty(ArchiveComparison.Of(file, back).Differences);
    }

    [Fact]
    public void Lists_of_thousands_are_page_by_page_the_same_on_a_server()
    {
        // Two who are each in thousands of entries, but seldom in the same; of the last month many that sources claim, and few with one of the two.
        var random = new Random(5);
        string[] types = ["CONSULT", "SANCTION", "AGREE", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST"];
        Somebody[] sources = [Somebody.France, Somebody.Marsh, Somebody.Courier];
        var reports = Enumerable.Range(0, 100).Select(n =>
        {
            var report = new ReportBuilder($"r{n}").By("Harbour Courier", "2024-04-10");
            for (var i = 0; i < 64; i++)
            {
                var (isLate, isRare) = (random.Next(6) == 0, random.Next(40) == 0);
                var day = new DateOnly(2024, 4, 9).AddDays(-random.Next(isLate ? 30 : 3000));
                var other = isRare || random.Next(isLate ? 10 : 2) == 0 ? Somebody.Chile : Somebody.Romania;
                report.Event(types[random.Next(isLate ? types.Length : 2)], isRare ? Somebody.Romania : sources[random.Next(isLate ? sources.Length : 1)], other, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    random.Next(3) == 0 ? EventStatus.Planned : EventStatus.Actual, claimedBy: isLate ? other == Somebody.Chile && i % 2 == 0 ? null : Somebody.Courier : random.Next(3) == 0 ? Somebody.Courier : null);
            }
            return report;
        });
        var file = ArchiveTests.Fill(_files.Make(), reports);
        Assert.Equal(0, file.Info().Copies);
        var server = _server.Make();
        file.CopyTo(server);
        foreach (var filter in new ArchiveFilter[]
        {
            new() { Actor = "France" }, new() { Actor = "France", With = "Romania" }, new() { Actor = "Romania", With = "Chile" }, new() { Actor = "Romania", With = "Chile", Claimed = true },
            new() { Kinds = ["CONSULT"], Statuses = ["planned"] }, new() { Actor = "Chile", Claimed = true, Statuses = ["actual"] }, new() { Actor = "Chile", Kinds = ["SANCTION"], From = new(2018, 1, 1), To = new(2023, 6, 30) }, new() { By = "France", On = "Chile", Claimed = false },
        })
        {
            var (here, there) = (Pages(file, filter), Pages(server, filter));
            Assert.True(here.Count > 1, $"{filter}: {here.Count} pages");
            Assert.Equal(here, there);
        }

        static List<string> Pages(Archive archive, ArchiveFilter filter)
        {
            var pages = new List<string>();
            for (string? after = null; pages.Count == 0 || after is not null;)
            {
                var page = archive.Entries(ArchiveView.Timeline, filter with { Limit = 40, After = after }, evidence: 0);
                pages.Add(string.Join(' ', page.Entries.Select(e => e.Id)));
                after = page.Next;
            }
            return pages;
        }
    }

    [Fact]
    public void An_archive_with_reports_is_not_copied_over()
    {
        var file = ArchiveTests.Fill(_files.Make(), Report(0));
        var server = ArchiveTests.Fill(_server.Make(), Report(1));
        Assert.Equal("CH0412", Assert.Throws<ArchiveException>(() => file.CopyTo(server)).Code);
        Assert.Single(server.Documents(new()));
    }

    [Fact]
    public void A_copy_that_is_stopped_leaves_nothing()
    {
        var file = ArchiveTests.Fill(_files.Make(), Report(0));
        var server = _server.Make();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => file.CopyTo(server, (_, _) => stop.Cancel(), stop.Token));
        Assert.Empty(server.Documents(new()));
    }

    [Fact]
    public void A_backup_of_a_server_is_a_file()
    {
        var server = ArchiveTests.Fill(_server.Make(), Report(0), Report(1));
        server.Backup(_files.FileOf("saved"));
        Assert.Equal(ArchiveTests.Picture(server), ArchiveTests.Picture(_files.Again("saved")));
    }

    [Fact]
    public async Task Connections_that_were_lost_while_nobody_used_them_are_made_anew()
    {
        _server.Make();
        using var archive = Archive.Open(_server.AddressOf() + ";Keepalive=1;Application Name=to be lost", ArchivePlace.Lexicon);
        ArchiveTests.Fill(archive, Report(0));
        _server.Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to be lost'");
        // By then the connections have been asked whether they still stand.
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        ArchiveTests.Fill(archive, Report(1));
        Assert.Equal(2, archive.Documents(new()).Count);
    }

    [Fact]
    public async Task Many_add_and_merge_at_once_and_the_archive_is_that_of_one()
    {
        _server.Make();
        // Copies too, so that families are joined by several at the same moment.
        var reports = Enumerable.Range(0, 40).Select(n => n % 4 == 3 ? Report(n - 1).At($"https://mirror.example/{n}") : Report(n)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            using var archive = Archive.Open(_server.AddressOf(), ArchivePlace.Lexicon);
            for (var i = 0; i < reports.Count; i++)
            {
                // Each document by two of them, in different orders.
                var n = worker % 2 == 0 ? i : reports.Count - 1 - i;
                if (n % 4 == worker || n % 4 == (worker + 1) % 4)
                    archive.Add(reports[n].Build());
                if (i % 7 == worker)
                    archive.Merge();
            }
            archive.Merge();
        })));
        var all = _server.Again();
        all.Merge();
        Assert.Empty(all.Check());
        Assert.Equal(ArchiveTests.Picture(ArchiveTests.Fill(_files.Make(), reports)), ArchiveTests.Picture(all));
    }

    [Theory]
    [InlineData("Password=wrong", "CH0431")]
    [InlineData("Username=nobody", "CH0431")]
    [InlineData("Database=nowhere", "CH0432")]
    [InlineData("Port=1", "CH0430")]
    [InlineData("Search Path=nowhere", "CH0409")]
    [InlineData("Nonsense=1", "CH0434")]
    public void What_cannot_be_reached_is_told(string setting, string code)
    {
        var refused = Assert.Throws<ArchiveException>(() => Archive.Open($"{_server.AddressOf()};{setting}", ArchivePlace.Lexicon).Dispose());
        Assert.True(refused.Code == code || (code == "CH0409" && refused.Code is "CH0432" or "CH0409"), $"{refused.Code} {refused.Message}");
        Assert.DoesNotContain("lighthouse", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_a_newer_version_is_left_alone()
    {
        _server.Make();
        _server.Sql("UPDATE archive_format SET version = 9999");
        var refused = Assert.Throws<ArchiveException>(() => _server.Again());
        Assert.Equal("CH0404", refused.Code);
        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        Assert.Equal("CH0402", Assert.Throws<ArchiveException>(() => _server.Again()).Code);
        _server.Sql("CREATE TABLE note (words text)");
        Assert.Equal("CH0403", Assert.Throws<ArchiveException>(() => _server.Make()).Code);
    }

    [Fact]
    public async Task Many_open_a_new_archive_at_once()
    {
        Assert.Equal("CH0402", Assert.Throws<ArchiveException>(() => _server.Again()).Code);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Archive.Open(_server.AddressOf(), ArchivePlace.Lexicon).Dispose())));
        Assert.Equal(0, _server.Again().Info().Documents);
    }
}

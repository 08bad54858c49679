using System.Text;
using Chancery.Corrections;
using Chancery.Records;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Chancery.Archive.Tests;

/// <summary>What can happen to a file: other files, other versions, other processes, full and failing disks.</summary>
public sealed class RobustnessTests : IDisposable
{
    private readonly SqlitePlace _place = new();

    public void Dispose() => _place.Dispose();

    private static ReportBuilder Report(string id) => new ReportBuilder(id).By("Harbour Courier")
        .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", verb: "visited").Says(Somebody.Vale, SpeechAct.Support, "the lighthouse treaty");

    private static ArchiveException Refused(string path, bool create = true)
    {
        var refused = Assert.Throws<ArchiveException>(() => Archive.Open(path, ArchivePlace.Lexicon, create).Dispose());
        Assert.StartsWith(path + ":", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    private void Sql(string sql, string name = "one")
    {
        _place.CloseAll();
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection($"Data Source={_place.FileOf(name)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public void A_text_file_is_no_archive_and_stays_as_it_was()
    {
        var words = string.Concat(Enumerable.Repeat("These are notes, and no archive.\n", 200));
        File.WriteAllText(_place.FileOf(), words);
        Assert.Equal("CH0403", Refused(_place.FileOf()).Code);
        Assert.Equal(words, File.ReadAllText(_place.FileOf()));
    }

    [Fact]
    public void A_database_of_another_program_is_no_archive_and_stays_as_it_was()
    {
        Sql("CREATE TABLE note (words TEXT); PRAGMA user_version = 1;");
        var bytes = File.ReadAllBytes(_place.FileOf());
        Assert.Equal("CH0403", Refused(_place.FileOf()).Code);
        Assert.Equal(bytes, File.ReadAllBytes(_place.FileOf()));
    }

    [Fact]
    public void An_empty_file_becomes_an_archive()
    {
        File.WriteAllText(_place.FileOf(), "");
        Assert.Equal(0, _place.Make().Info().Documents);
    }

    [Fact]
    public void An_archive_in_which_appearances_lay_by_document_keeps_all_of_them()
    {
        var archive = _place.Make();
        foreach (var id in new[] { "a", "b" })
            archive.Add(Report(id).Build());
        archive.Merge();
        var before = archive.Actors(null, 10).Select(a => (a.Key, a.Documents, string.Join(';', a.Why))).ToList();
        Sql("""
            CREATE TABLE old (document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE, local TEXT NOT NULL, actor_id INTEGER NOT NULL REFERENCES actor(id), name TEXT NOT NULL, office TEXT, why TEXT NOT NULL, PRIMARY KEY (document_id, local)) WITHOUT ROWID;
            INSERT INTO old SELECT document_id, local, actor_id, name, office, why FROM appearance;
            DROP TABLE appearance;
            ALTER TABLE old RENAME TO appearance;
            CREATE INDEX appearance_actor ON appearance(actor_id, document_id);
            PRAGMA user_version = 3;
            """);
        archive = _place.Again();
        Assert.NotEmpty(before);
        Assert.Equal(before, archive.Actors(null, 10).Select(a => (a.Key, a.Documents, string.Join(';', a.Why))));
        Assert.Empty(archive.Check());
        Assert.True(archive.Forget(archive.Documents(new() { Limit = 1 })[0].Key));
        archive.Merge();
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void An_archive_of_a_newer_version_is_left_alone()
    {
        _place.Make();
        Sql("PRAGMA user_version = 9999");
        var refused = Refused(_place.FileOf());
        Assert.Equal("CH0404", refused.Code);
        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_archive() => Assert.Equal("CH0401", Refused(_place.Folder).Code);

    [Fact]
    public void A_missing_archive_is_made_only_where_that_is_wanted()
    {
        var path = Path.Combine(_place.Folder, "a", "b", "c.db");
        Assert.Equal("CH0402", Refused(path, create: false).Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
        Archive.Open(path, ArchivePlace.Lexicon).Dispose();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(Path.Combine(_place.Folder, "file"), "");
        Assert.Equal("CH0405", Refused(Path.Combine(_place.Folder, "file", "one.db")).Code);
    }

    [Fact]
    public void A_file_that_may_only_be_read_is_read_and_not_written()
    {
        ArchiveTests.Fill(_place.Make(), Report("a"));
        _place.CloseAll();
        SqliteConnection.ClearAllPools();
        File.SetAttributes(_place.FileOf(), FileAttributes.ReadOnly);
        var writable = false;
        try
        {
            using var file = new FileStream(_place.FileOf(), FileMode.Open, FileAccess.ReadWrite);
            writable = true;
        }
        catch (UnauthorizedAccessException)
        {
        }
        Assert.SkipWhen(writable, "needs a user whom permissions bind; this one may write to every file");
        var archive = _place.Again();
        Assert.Single(ArchiveTests.All(archive, ArchiveView.Timeline));
        Assert.Equal("CH0405", Assert.Throws<ArchiveException>(() => archive.Add(Report("b").Build())).Code);
        File.SetAttributes(_place.FileOf(), FileAttributes.Normal);
    }

    [Fact]
    public async Task Several_add_at_once_and_nothing_is_lost()
    {
        var reports = Enumerable.Range(0, 40).Select(i => Report($"r{i}")).ToList();
        // All open it at once, so that several find it missing.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            using var archive = Archive.Open(_place.FileOf(), ArchivePlace.Lexicon);
            for (var i = 0; i < reports.Count; i++)
            {
                // Each document by two of them.
                if (i % 4 == worker || i % 4 == (worker + 1) % 4)
                    archive.Add(reports[i].Build());
                if (i % 7 == worker)
                    archive.Merge();
            }
            archive.Merge();
        })));
        var all = _place.Again();
        Assert.Empty(all.Check());
        Assert.Equal(ArchiveTests.Picture(ArchiveTests.Fill(_place.Make("two"), reports)), ArchiveTests.Picture(all));
    }

    [Fact]
    public async Task Many_open_a_new_archive_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var path = _place.FileOf($"new{round}");
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Archive.Open(path, ArchivePlace.Lexicon).Dispose())));
        }
    }

    [Fact]
    public void A_full_disk_is_told_and_what_was_added_before_stays()
    {
        ArchiveTests.Fill(_place.Make(), Report("a"));
        var before = ArchiveTests.Picture(_place.Again());
        _place.CloseAll();
        SqliteConnection.ClearAllPools();
        var folder = Path.Combine(_place.Folder, "small");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(Mount("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder), "needs the right to mount a small disk");
        try
        {
            var path = Path.Combine(folder, "one.db");
            File.Copy(_place.FileOf(), path);
            File.WriteAllBytes(Path.Combine(folder, "ballast"), new byte[4 << 20]);
            using (var archive = Archive.Open(path, ArchivePlace.Lexicon))
            {
                var full = Assert.Throws<ArchiveException>(() =>
                {
                    for (var i = 0; i < 1000; i++)
                        archive.Add(new ReportBuilder($"long{i}", filler: 4000).By("Harbour Courier").Build());
                });
                Assert.Equal("CH0407", full.Code);
                Assert.Contains("kept", full.Message, StringComparison.Ordinal);
            }
            SqliteConnection.ClearAllPools();
            File.Delete(Path.Combine(folder, "ballast"));
            using var again = Archive.Open(path, ArchivePlace.Lexicon);
            Assert.DoesNotContain(again.Check(), w => !w.Contains("wait to be merged", StringComparison.Ordinal));
            foreach (var document in again.Documents(new() { Limit = 10_000 }).Where(d => d.Key.StartsWith("long", StringComparison.Ordinal)))
                again.Forget(document.Key);
            again.Merge();
            Assert.Equal(before, ArchiveTests.Picture(again));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Mount("umount", "-l", folder);
        }
    }

    private static bool Mount(string program, params string[] arguments)
    {
        try
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [Fact]
    public void A_damaged_file_is_found_and_never_more_than_told()
    {
        ArchiveTests.Fill(_place.Make(), Enumerable.Range(0, 30).Select(i => Report($"r{i}")).ToArray());
        Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        var whole = File.ReadAllBytes(_place.FileOf());
        var found = 0;
        for (var at = 8192; at < whole.Length; at += 4096 * 7)
        {
            SqliteConnection.ClearAllPools();
            var damaged = whole.ToArray();
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("damage! ", 256))).CopyTo(damaged, Math.Min(at, whole.Length - 2048));
            File.WriteAllBytes(_place.FileOf("hurt"), damaged);
            try
            {
                using var archive = Archive.Open(_place.FileOf("hurt"), ArchivePlace.Lexicon, create: false);
                found += archive.Check().Count > 0 ? 1 : 0;
                _ = ArchiveTests.Export(archive);
                _ = ArchiveTests.Picture(archive);
                archive.Search("lighthouse", 10);
                archive.Add(Report("new").Build());
                archive.Merge();
            }
            catch (ArchiveException)
            {
            }
        }
        Assert.InRange(found, 5, int.MaxValue);
    }

    [Theory]
    [InlineData("UPDATE content SET text = x'00FFEE'", "its text is not the one that was added")]
    [InlineData("UPDATE content SET record = x'00FFEE'", "damaged")]
    [InlineData("UPDATE document SET sha256 = 'x'", "its text is not the one that was added")]
    [InlineData("DELETE FROM item", "tellings that no entry shows")]
    [InlineData("DELETE FROM mention WHERE view = 2", "entries that no document tells")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM content", "documents without their text")]
    [InlineData("UPDATE actor SET documents = 7", "counted wrong")]
    public void What_is_wrong_is_found(string harm, string told)
    {
        ArchiveTests.Fill(_place.Make(), Report("a"));
        Assert.Empty(_place.Again().Check());
        Sql(harm);
        Assert.Contains(_place.Again().Check(), w => w.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_record_is_told_by_whatever_meets_it()
    {
        ArchiveTests.Fill(_place.Make(), Report("a"));
        var key = _place.Again().Documents(new())[0].Key;
        Sql("UPDATE content SET record = x'00FFEE'");
        var archive = _place.Again();
        Action[] all = [() => archive.Find(key), () => Assert.NotEmpty(archive.Records()), () => archive.Correct(key, new("e0", "", CorrectionAction.Confirm, "Iris", "2024-05-01T00:00:00Z"))];
        Assert.All(all, a => Assert.Equal("CH0408", Assert.Throws<ArchiveException>(a).Code));
        Sql("UPDATE content SET text = x'00FFEE'");
        Assert.Equal("CH0408", Assert.Throws<ArchiveException>(() => ArchiveTests.All(_place.Again(), ArchiveView.Timeline)).Code);
    }

    [Fact]
    public void Checking_stops_when_cancelled()
    {
        ArchiveTests.Fill(_place.Make(), Report("a"), Report("b"));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => _place.Again().Check(_ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void A_backup_opens_and_is_equal_and_goes_on()
    {
        var archive = ArchiveTests.Fill(_place.Make(), Report("a"), Report("b"));
        archive.Correct(ArchiveTests.KeyOf(Report("a")), new("e0", "", CorrectionAction.Confirm, "Iris", "2024-05-01T00:00:00Z"));
        archive.Backup(_place.FileOf("copy"));
        var copy = _place.Again("copy");
        Assert.Equal(ArchiveTests.Export(archive), ArchiveTests.Export(copy));
        Assert.Equal(archive.Waiting, copy.Waiting);
        archive.Merge();
        copy.Merge();
        Assert.Equal(ArchiveTests.Picture(archive), ArchiveTests.Picture(copy));
        Assert.Empty(copy.Check());
        ArchiveTests.Fill(copy, Report("c"));
        Assert.Equal("CH0410", Assert.Throws<ArchiveException>(() => archive.Backup(_place.FileOf("copy"))).Code);
        Assert.Equal(3, _place.Again("copy").Info().Documents);
    }

    [Fact]
    public void A_backup_that_cannot_be_written_is_told_by_its_name()
    {
        var to = Path.Combine(_place.Folder, "no", "such", "copy.db");
        Assert.StartsWith(to + ":", Assert.Throws<ArchiveException>(() => _place.Make().Backup(to)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_watched_is_remembered()
    {
        var watched = _place.Make().Watched;
        Assert.Equal(new("https://feed.example", null, null, 0), watched.Of("https://feed.example"));
        watched.Keep(new("https://feed.example", "\"v1\"", "Mon", 2));
        watched.Saw("https://feed.example", "item 1");
        watched.Saw("https://feed.example", "item 1");
        watched.Saw("https://other.example", "item 2");
        watched = _place.Again().Watched;
        Assert.Equal(new("https://feed.example", "\"v1\"", "Mon", 2), watched.Of("https://feed.example"));
        Assert.True(watched.HasSeen("https://feed.example", "item 1"));
        Assert.False(watched.HasSeen("https://feed.example", "item 2"));
        Assert.True(watched.HasSeen("https://other.example", "item 2"));
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Chancery.Archive;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Views;

namespace Chancery.Archive.Tests;

/// <summary>Where archives of tests are; one for each database that can hold an archive.</summary>
public abstract class ArchivePlace : IDisposable
{
    private readonly List<Archive> _open = [];

    /// <summary>Loaded once: it is large and never changes.</summary>
    public static WorldLexicon Lexicon { get; } = WorldLexicon.Load();

    /// <summary>An empty archive.</summary>
    public Archive Make(string name = "one") => Keep(Open(name, create: true));

    /// <summary>The same archive once more, as another process has it.</summary>
    public Archive Again(string name = "one") => Keep(Open(name, create: false));

    /// <summary>Closes all that are open.</summary>
    public void CloseAll()
    {
        foreach (var archive in _open)
            archive.Dispose();
        _open.Clear();
    }

    public virtual void Dispose()
    {
        CloseAll();
        GC.SuppressFinalize(this);
    }

    protected abstract Archive Open(string name, bool create);

    private Archive Keep(Archive archive)
    {
        _open.Add(archive);
        return archive;
    }
}

/// <summary>Archives as SQLite files in a folder of their own.</summary>
public sealed class SqlitePlace : ArchivePlace
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("chancery-archive-").FullName;

    public string FileOf(string name = "one") => Path.Combine(Folder, $"{name}.db");

    public override void Dispose()
    {
        base.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    protected override Archive Open(string name, bool create) => Archive.Open(FileOf(name), Lexicon, create);
}

/// <summary>What holds of an archive on any database; a class derived for each says on which.</summary>
public abstract class ArchiveTests(ArchivePlace place) : IDisposable
{
    protected ArchivePlace Place { get; } = place;

    protected static ArchiveView[] Views { get; } = Enum.GetValues<ArchiveView>();

    public void Dispose()
    {
        Place.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static Archive Fill(Archive archive, params IEnumerable<ReportBuilder> reports)
    {
        foreach (var report in reports)
            archive.Add(report.Build());
        archive.Merge();
        return archive;
    }

    internal static IReadOnlyList<ArchiveEntry> All(Archive archive, ArchiveView view, ArchiveFilter? filter = null) => archive.Entries(view, (filter ?? new()) with { Limit = 10_000 }, evidence: 100).Entries;

    internal static string KeyOf(ReportBuilder report) => DocumentKey.Of(report.Document);

    /// <summary>All that views show, numbers of entries aside, in an order that no database chooses.</summary>
    internal static string Picture(Archive archive)
    {
        var lines = Views.SelectMany(v => All(archive, v).Select(e => $"{v}: {LineOf(e)}")).Order(StringComparer.Ordinal).ToList();
        lines.AddRange(archive.Actors(null, 10_000).Select(a => $"{a.Key} {a.Name} {a.Kind} {a.Country} {a.Documents} {string.Join('/', a.Offices)} {string.Join('/', a.Why)}").Order(StringComparer.Ordinal));
        lines.AddRange(archive.Relations(null, null, 10_000, months: true).Select(RelationLine).Order(StringComparer.Ordinal));
        lines.AddRange(archive.Documents(new() { Limit = 10_000 }).Select(d => d.ToString()).Order(StringComparer.Ordinal));
        return string.Join('\n', lines);
    }

    internal static string LineOf(ArchiveEntry e) => string.Create(CultureInfo.InvariantCulture,
        $"{e.Kind} {e.Status} {Names(e.Who)} > {Names(e.With)} by {Names(e.WordOf)} on {e.Date} ({e.Day:o}) in {e.Place} {e.PlaceCountry} {e.Position} {string.Join('+', e.Modes)} {string.Join('+', e.Contexts)} {e.Cameo} {e.Score} '{e.Text}' '{e.Answer}' claimed {e.Claimed} contradicted {e.Contradicted} {string.Join('+', e.Counts.OrderBy(c => c.Key, StringComparer.Ordinal))} {e.Corrected} {e.Reports}/{e.Sources} {string.Join('+', e.Publishers)} since {e.Since:o}: {string.Join(" | ", e.Evidence.Select(x => $"{x.Document} {x.Span.Start}-{x.Span.End} {x.Entry} {x.Text}"))}");

    /// <summary>The whole of what came in, as it would be exported.</summary>
    internal static string Export(Archive archive)
    {
        using var buffer = new MemoryStream();
        foreach (var one in archive.Records())
        {
            using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
                RecordJson.Write(to, one.Record ?? new(one.Document, [], [], []), withText: true);
            buffer.Write(Encoding.UTF8.GetBytes($" {one.Note} {one.CopyOf} {string.Join('+', one.Corrections.Select(c => $"{c} {string.Join(',', c.Changes)}"))}\n"));
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string RelationLine(Relation r)
    {
        // Which of two stands first has no meaning.
        var names = new[] { r.One.Id, r.Other.Id }.Order(StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('-', names)} {r.Events} {r.Sum} {string.Join(' ', r.Months.Select(m => $"{m.Month} {m.Events} {m.Sum} {string.Join('+', m.ByType.OrderBy(t => t.Key, StringComparer.Ordinal))}"))}");
    }

    private static string Names(IEnumerable<ViewActor> actors) => string.Join('+', actors.Select(a => a.Id));
}

using Chancery.Archive.Databases;
using Dapper;

namespace Chancery.Archive;

/// <summary>What is known of a feed that is watched.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="ETag">What it last said of its version.</param>
/// <param name="Modified">When it said it was last modified.</param>
/// <param name="Failures">How many times in a row it could not be fetched.</param>
public sealed record WatchedSource(string Address, string? ETag, string? Modified, int Failures);

/// <summary>The feeds that are watched and what was seen in them, so that watching goes on where it stopped.</summary>
public sealed class WatchList
{
    private readonly Archive _archive;

    internal WatchList(Archive archive) => _archive = archive;

    /// <summary>What is known of a feed; a new one where nothing is.</summary>
    public WatchedSource Of(string address)
    {
        var row = _archive.Read(c => c.Query<(string Address, string? ETag, string? Modified, int Failures)>("SELECT address, etag, modified, failures FROM source WHERE address = @address", new { address }).FirstOrDefault());
        return row.Address is null ? new(address, null, null, 0) : new(row.Address, row.ETag, row.Modified, row.Failures);
    }

    /// <summary>Keeps what is now known of a feed.</summary>
    public void Keep(WatchedSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _archive.WriteOwn(c => c.Run(
            """
            INSERT INTO source (address, etag, modified, failures) VALUES (@1, @2, @3, @4)
            ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified, failures = excluded.failures
            """,
            source.Address, source.ETag, source.Modified, source.Failures));
    }

    /// <summary>Whether an item of a feed, in this revision, was dealt with.</summary>
    public bool HasSeen(string address, string item) =>
        _archive.Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM source_item WHERE address = @address AND item = @item", new { address, item }) > 0);

    /// <summary>Keeps that an item of a feed was dealt with.</summary>
    public void Saw(string address, string item) => _archive.WriteOwn(c =>
    {
        c.Run("INSERT INTO source (address) VALUES (@1) ON CONFLICT DO NOTHING", address);
        c.Run("INSERT INTO source_item (address, item) VALUES (@1, @2) ON CONFLICT DO NOTHING", address, item);
    });
}

using Dapper;

namespace Chancery.Archive;

/// <summary>
/// What the servers over one archive keep for themselves and share, such as who may ask them. It lies in the archive's database but is no part
/// of the archive: it is neither copied nor exported.
/// </summary>
public sealed class ServerNotes
{
    private readonly Archive _archive;

    internal ServerNotes(Archive archive) => _archive = archive;

    /// <summary>Where they lie, as people are told it.</summary>
    public string Path => _archive.Path;

    /// <summary>What is kept under a name; null where nothing is.</summary>
    public string? Find(string name) => _archive.Read(c => c.Query<string>("SELECT note FROM server_note WHERE name = @name", new { name }).FirstOrDefault());

    /// <summary>Changes what is kept under a name; others who want to change it wait meanwhile.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">From what is kept, null where nothing is, to what is to be kept. May be asked again where others got in the way.</param>
    public void Change(string name, Func<string?, string> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _archive.WriteOwn(c =>
        {
            // Its row is had before it is looked at, also where there was none.
            c.Run("INSERT INTO server_note (name, note) VALUES (@1, '') ON CONFLICT (name) DO UPDATE SET note = server_note.note", name);
            var kept = c.Rows("SELECT note FROM server_note WHERE name = @1", r => r.GetString(0), name)[0];
            c.Run("UPDATE server_note SET note = @2 WHERE name = @1", name, change(kept.Length > 0 ? kept : null));
        });
    }
}

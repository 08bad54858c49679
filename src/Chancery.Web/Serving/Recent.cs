using System.Collections.Concurrent;

namespace Chancery.Web.Serving;

/// <summary>
/// What is costly to draw and the same for everybody, kept for a little while: whoever asks gets what was drawn last, and if that is some
/// seconds old it is drawn anew behind his back. After a change here it is drawn at once.
/// </summary>
internal sealed class Recent(Archive.Archive archive, TimeProvider clock)
{
    private const int MostKept = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10), Usable = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private volatile int _changes;

    private sealed record Kept(Lazy<object> Value, DateTimeOffset At, long Revision, int Changes)
    {
        public int Renewing;
    }

    /// <summary>Somebody here changed something, and wants to see it.</summary>
    public void Forget() => Interlocked.Increment(ref _changes);

    public T Of<T>(string key, Func<T> draw)
        where T : class
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(key, out var kept) && kept.Changes == _changes && now - kept.At < Usable)
        {
            if (now - kept.At > Fresh && Interlocked.Exchange(ref kept.Renewing, 1) == 0)
                _ = Task.Run(() => Renew(key, kept, draw));
            return (T)kept.Value.Value;
        }
        if (_kept.Count > MostKept)
            _kept.Clear();
        var fresh = new Kept(new(draw), now, archive.Revision(), _changes);
        _kept[key] = fresh;
        try
        {
            return (T)fresh.Value.Value;
        }
        catch
        {
            _kept.TryRemove(key, out _);
            throw;
        }
    }

    private void Renew<T>(string key, Kept old, Func<T> draw)
        where T : class
    {
        try
        {
            var revision = archive.Revision();
            // Nothing has changed: what was drawn is as good as new.
            var value = revision == old.Revision ? old.Value : new Lazy<object>(draw());
            _kept[key] = new(value, clock.GetUtcNow(), revision, old.Changes);
        }
        catch (Archive.ArchiveException)
        {
            // Whoever asks next is told.
            _kept.TryRemove(key, out _);
        }
    }
}

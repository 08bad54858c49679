using Chancery.Archive;

namespace Chancery.Web.Serving;

/// <summary>How much is in the archive, counted anew at most every few seconds: the count goes through all of it.</summary>
internal sealed class ArchiveFigures(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _counting = new();
    private volatile Counted? _last;

    private sealed record Counted(ArchiveInfo Info, DateTimeOffset At);

    public ArchiveInfo Of(Archive.Archive archive)
    {
        // An empty archive is looked at again at once: what was just added should be seen.
        if (_last is { Info.Documents: > 0 } last && clock.GetUtcNow() - last.At < Fresh)
            return last.Info;
        // While one counts, the others take what was counted before.
        if (!_counting.TryEnter())
        {
            if (_last is { Info.Documents: > 0 } known)
                return known.Info;
            _counting.Enter();
        }
        try
        {
            _last = new(archive.Info(), clock.GetUtcNow());
            return _last.Info;
        }
        finally
        {
            _counting.Exit();
        }
    }
}

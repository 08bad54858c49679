using Microsoft.Data.Sqlite;

namespace Chancery.Archive;

/// <summary>Why an archive cannot be used, in words that say what to do.</summary>
/// <param name="code">The code under which <c>docs/command.md</c> explains it.</param>
/// <param name="message">The file, what is wrong, and the mend.</param>
/// <param name="inner">What brought it about.</param>
public sealed class ArchiveException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    internal const int Corrupt = 11, NoDatabase = 26;
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Full = 13, CannotOpen = 14;

    /// <summary>The code.</summary>
    public string Code { get; } = code;

    /// <summary>A text or record that cannot be unpacked.</summary>
    internal static ArchiveException Of(string path, InvalidDataException e) =>
        new("CH0408", $"{path}: damaged ({e.Message}); go back to a backup, or run: chancery archive check", e);

    /// <summary>What SQLite met, in words that say what to do.</summary>
    internal static ArchiveException Of(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => new("CH0406", $"{path}: another process has been writing to it for over a minute; wait until that is done and repeat.", e),
        ReadOnly => new("CH0405", $"{path}: cannot be written; check the permissions of the file and its folder.", e),
        Full => new("CH0407", $"{path}: the disk is full; what was added before is kept. Make room and repeat.", e),
        IoError => new("CH0407", $"{path}: cannot be written or read ({e.Message}); is the disk full or gone? What was added before is kept.", e),
        Corrupt => new("CH0408", $"{path}: damaged ({e.Message}); go back to a backup, or run: chancery archive check", e),
        NoDatabase => new("CH0403", $"{path}: not an archive; name another file with --archive.", e),
        CannotOpen => new("CH0405", $"{path}: cannot be opened; check the folder and its permissions, or name another with --archive.", e),
        _ => new("CH0409", $"{path}: {e.Message}", e),
    };
}

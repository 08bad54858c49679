using System.Text;

namespace Chancery.Formats.Intake;

/// <summary>Lines of a text without end: one that is longer than a limit is passed over, and never held.</summary>
internal sealed class BoundedLines(TextReader from, int longest)
{
    private readonly char[] _buffer = new char[1 << 15];
    private int _start;
    private int _end;

    /// <summary>The number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end.</summary>
    /// <param name="line">The line; null where it is too long.</param>
    /// <param name="stop">Stops between two pieces.</param>
    /// <returns>False after the last.</returns>
    public bool Next(out string? line, CancellationToken stop)
    {
        StringBuilder? pieces = null;
        var (any, tooLong) = (false, false);
        while (true)
        {
            if (_start == _end)
            {
                stop.ThrowIfCancellationRequested();
                (_start, _end) = (0, from.Read(_buffer));
                if (_end == 0)
                {
                    line = tooLong ? null : pieces?.ToString() ?? "";
                    Number += any ? 1 : 0;
                    return any;
                }
            }
            any = true;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var at = rest.IndexOf('\n');
            var piece = at < 0 ? rest : rest[..at];
            _start += at < 0 ? rest.Length : at + 1;
            if (!tooLong && (pieces?.Length ?? 0) + piece.Length > longest)
                (tooLong, pieces) = (true, null);
            if (at >= 0)
            {
                Number++;
                line = tooLong ? null : pieces is null ? piece.TrimEnd('\r').ToString() : pieces.Append(piece.TrimEnd('\r')).ToString();
                return true;
            }
            if (!tooLong)
                (pieces ??= new()).Append(piece);
        }
    }
}

namespace Chancery.Formats.Intake;

/// <summary>A stream whose beginning can be looked at before it is read.</summary>
internal sealed class PeekedStream(Stream rest) : Stream
{
    private byte[] _head = [];
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The first bytes, which are still to be read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_head.Length == 0)
        {
            var buffer = new byte[count];
            _head = buffer[..rest.ReadAtLeast(buffer, count, throwOnEndOfStream: false)];
        }
        return _head.AsSpan(_next);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_next == _head.Length)
            return rest.Read(buffer);
        var n = Math.Min(buffer.Length, _head.Length - _next);
        _head.AsSpan(_next, n).CopyTo(buffer);
        _next += n;
        return n;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Everything that is left, or null where that is more than a limit.</summary>
    public byte[]? ReadAll(long largest, CancellationToken stop)
    {
        var all = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int n; (n = Read(chunk)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            if (all.Length + n > largest)
                return null;
            all.Write(chunk, 0, n);
        }
        return all.ToArray();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

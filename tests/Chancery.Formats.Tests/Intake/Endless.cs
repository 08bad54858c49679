using System.Text;

namespace Chancery.Formats.Tests.Intake;

/// <summary>A stream that is made while it is read.</summary>
internal sealed class Endless(long length, string before, string after, string filling = "xxxxxxxxxxxxxxxx") : Stream
{
    private readonly byte[] _filling = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(filling, 1 + 4000 / filling.Length)));
    private byte[] _now = Encoding.UTF8.GetBytes(before);
    private int _next;
    private long _left = length;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_next == _now.Length)
        {
            if (_ended)
                return 0;
            (_now, _next, _ended) = _left > 0 ? (_filling, 0, false) : (Encoding.UTF8.GetBytes(after), 0, true);
            _left -= _now.Length;
        }
        var n = Math.Min(count, _now.Length - _next);
        Array.Copy(_now, _next, buffer, offset, n);
        _next += n;
        return n;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

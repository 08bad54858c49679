using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Chancery.Formats.Json;
using Chancery.Records;

namespace Chancery.Archive;

/// <summary>Texts and records as they lie in the archive: Brotli over UTF-8.</summary>
internal static class Packed
{
    private const int Quality = 4;
    private const int Window = 18;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, buffer, out var length, Quality, Window) ? buffer[..length] : throw new InvalidOperationException("Brotli found too little room.");
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var to = new MemoryStream();
        try
        {
            brotli.CopyTo(to);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
        return to.ToArray();
    }

    public static byte[] Pack(string text) => Pack(Encoding.UTF8.GetBytes(text));

    public static string Text(byte[] packed) => Encoding.UTF8.GetString(Unpack(packed));

    public static byte[] Pack(Record record)
    {
        var buffer = new ArrayBufferWriter<byte>(16384);
        using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
            RecordJson.Write(to, record);
        return Pack(buffer.WrittenSpan);
    }

    public static Record Record(byte[] packed, string text) => RecordJsonReader.Read(Unpack(packed), text);
}

using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Chancery.Formats.Intake;

/// <summary>PdfPig's filters, of which the one that unpacks thousandfold is held to a limit for the whole file.</summary>
internal sealed class BoundedFilters(long largest) : IFilterProvider
{
    private readonly IFilterProvider _usual = DefaultFilterProvider.Instance;
    private long _left = largest;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bounded(_usual.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bounded(_usual.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bounded(_usual.GetAllFilters());

    private IReadOnlyList<IFilter> Bounded(IReadOnlyList<IFilter> filters) => [.. filters.Select(f => f is FlateFilter ? new Flate(f, this) : f)];

    private sealed class Flate(IFilter usual, BoundedFilters file) : IFilter
    {
        public bool IsSupported => usual.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            file.Measure(input.ToArray());
            return usual.Decode(input, streamDictionary, filterProvider, filterIndex);
        }
    }

    /// <summary>Unpacks without keeping, because afterwards is too late.</summary>
    private void Measure(byte[] packed)
    {
        // Deflate makes at most some 1,030 bytes of one.
        if (packed.Length < 1000)
            return;
        try
        {
            using var unpacked = new DeflateStream(new MemoryStream(packed, 2, packed.Length - 2), CompressionMode.Decompress);
            var chunk = new byte[1 << 16];
            for (int n; (n = unpacked.Read(chunk)) > 0;)
                if ((_left -= n) < 0)
                    throw new TooMuchException();
        }
        catch (InvalidDataException)
        {
            // Damaged data end where the damage is, for the filter too.
        }
    }

    /// <summary>The file unpacks to more than it may.</summary>
    public sealed class TooMuchException : Exception;
}

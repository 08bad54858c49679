using Chancery.Records;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class TextSpanTests
{
    [Theory]
    [InlineData(-1, 2)]
    [InlineData(3, 2)]
    public void Refuses_what_is_no_stretch(int start, int end) => Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(start, end));

    [Fact]
    public void Gives_the_words_it_covers() => Assert.Equal("envoy", new TextSpan(4, 9).Of("The envoy left.").ToString());

    [Theory]
    [InlineData(0, 4, 4, 8, false)]
    [InlineData(0, 5, 4, 8, true)]
    [InlineData(2, 3, 0, 8, true)]
    public void Overlaps_only_where_a_unit_is_shared(int a, int b, int c, int d, bool expected) =>
        Assert.Equal(expected, new TextSpan(a, b).Overlaps(new(c, d)));

    [Fact]
    public void Offsets_in_code_points_count_a_pair_of_surrogates_once()
    {
        var offsets = new CodePointOffsets("a😀b\ud83dc");
        Assert.Equal([0, 1, 2, 3, 4, 5], new[] { 0, 1, 3, 4, 5, 6 }.Select(at => offsets.At(at)));
    }

    [Fact]
    public void Offsets_in_code_points_are_those_of_runes_in_any_order_of_asking() =>
        Gen.Select(Gen.String[Gen.Char, 0, 60], Gen.Int[0, 60].Array[1, 20]).Sample((text, places) =>
        {
            var cursor = new CodePointOffsets(text);
            return places.All(p =>
            {
                var at = Math.Min(p, text.Length);
                return at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at])
                    || cursor.At(at) == text[..at].EnumerateRunes().Count();
            });
        });

    [Fact]
    public void An_offset_outside_the_text_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodePointOffsets("abc").At(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodePointOffsets("abc").At(-1));
    }

    [Fact]
    public void A_document_is_known_by_the_hash_of_its_text() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", new Document("d", "abc").Sha256());
}

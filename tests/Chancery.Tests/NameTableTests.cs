using Chancery.Language;
using Xunit;

namespace Chancery.Tests;

public class NameTableTests
{
    private static readonly NameTable Names = NameTable.Parse("kind\tname\nending\tBank\nplace\tNew York\nplace\tVictoria\norganisation\tAl-Ahram\nfirst\tAnna\nfirst\tVictoria\n");

    [Theory]
    [InlineData("PER", "Tuva Bank", "ORG")]
    [InlineData("MISC", "Bank", "MISC")]
    [InlineData("ORG", "New York", "LOC")]
    [InlineData("MISC", "New York", "MISC")]
    [InlineData("PER", "Al - Ahram", "ORG")]
    [InlineData("LOC", "Anna Lindh", "PER")]
    [InlineData("LOC", "Anna", "LOC")]
    [InlineData("LOC", "Victoria Falls", "LOC")]
    [InlineData("DATE", "New York", "DATE")]
    public void Knows_the_kind_of_a_name(string kind, string words, string expected) => Assert.Equal(expected, Names.KindOf(kind, words.Split(' ')));

    [Fact]
    public void The_empty_table_changes_nothing() => Assert.Equal("PER", NameTable.Empty.KindOf("PER", ["Tuva", "Bank"]));

    [Fact]
    public void A_damaged_table_is_named_with_its_line() =>
        Assert.StartsWith("names.tsv: line 2: 'colour'", Assert.Throws<InvalidDataException>(() => NameTable.Parse("kind\tname\ncolour\tred")).Message, StringComparison.Ordinal);
}

using Chancery.Records;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>On whose word it is: who cites whom, the outermost first.</summary>
public sealed class SourceTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    [InlineData("Reuters reported, citing two Danish officials, that the harbour would close.", "Danish officials", "Reuters")]
    [InlineData("Reuters, quoting a Danish diplomat, reported on Monday that the harbour would close.", "Danish diplomat", "Reuters")]
    [InlineData("Reuters reported, citing two Danish officials, that Norway had warned Chad of sanctions.", "Norway", "Reuters|two Danish officials")]
    [InlineData("The Danish minister was quoted by Tass as saying that the harbour would close.", "Danish minister", "TASS")]
    [InlineData("Tass quoted the Danish minister as saying that the harbour would close.", "Danish minister", "TASS")]
    [InlineData("The harbour would close, according to two Danish diplomats with whom Reuters spoke.", "Danish diplomats", "Reuters")]
    [InlineData("In remarks carried by Tass, the Danish minister said that the harbour would close.", "Danish minister", "TASS")]
    [InlineData("In the Norwegian note, the Chadian president also proposed talks with Sudan.", "president", "Norway")]
    [InlineData("The Danish minister told Reuters that the harbour would close.", "Danish minister", "")]
    public void Who_passes_it_on(string text, string speaker, string sources)
    {
        var record = loaded.Read(text);
        var name = (Statement s) => record.Actors.Single(a => a.Id == s.Speaker).Name;
        var innermost = record.Statements.Where(s => s.Speaker is not null && name(s).Contains(speaker, StringComparison.OrdinalIgnoreCase)).MaxBy(s => Chain(record, s).Count);
        Assert.NotNull(innermost);
        Assert.Equal(sources, string.Join('|', Chain(record, innermost).Select(name)));
    }

    [Theory]
    [InlineData("The Danish official said that the minister had raised the ban at every meeting. He had told the Polish minister that the law would hurt Norway, according to the official.")]
    [InlineData("Reuters reported, citing the Danish minister, that Norway said that Denmark had warned Chad, according to Reuters.")]
    public void No_two_report_each_other(string text)
    {
        var record = loaded.Read(text);
        Assert.All(record.Statements, s => Assert.DoesNotContain(s, Chain(record, s)));
    }

    private static List<Statement> Chain(Chancery.Records.Record record, Statement statement)
    {
        var chain = new List<Statement>();
        for (var at = record.Statements.FirstOrDefault(s => s.Id == statement.Via); at is not null && !chain.Contains(at); at = record.Statements.FirstOrDefault(s => s.Id == at.Via))
            chain.Insert(0, at);
        return chain;
    }
}

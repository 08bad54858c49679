using Xunit;
namespace Chancery.Models.Tests;

/// <summary>Who is meant where the words of an event do not name both sides.</summary>
public class SideTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    [InlineData("Mexico severed relations with Ecuador.", "SANCTION", "MEX", "ECU")]
    [InlineData("Poland delivered tanks to Ukraine.", "AID", "POL", "UKR")]
    [InlineData("Syrian government missiles struck a village near the Turkish border.", "ASSAULT", "SYR", "")]
    [InlineData("Bolivia condemned the threats made by the Chilean government.", "ACCUSE", "BOL", "CHL")]
    [InlineData("Kenya accused Somalia of shelling a border post.", "ASSAULT", "SOM", "KEN")]
    [InlineData("Norway agreed to send two field hospitals to Malawi.", "AGREE", "NOR", "MWI")]
    public void Sides_are_found_behind_means_owners_and_plans(string sentence, string type, string source, string target)
    {
        var record = loaded.Read(sentence);
        Assert.Contains(record.Events, e => e.Type == type && Countries(record, e.Source).Contains(source) && (target.Length == 0 || Countries(record, e.Target).Contains(target)));
    }

    [Fact]
    public void Who_condemns_a_deed_accuses_who_did_it()
    {
        var record = loaded.Read("Denmark imposed sanctions on Belarus on Monday.\n\nA day of talks followed in Vilnius.\n\nThe Belarusian president condemned the sanctions.\n\nNobody else spoke.");
        Assert.Contains(record.Events, e => e.Type == "ACCUSE" && Countries(record, e.Target).Contains("DNK"));
    }

    [Fact]
    public void In_a_quarrel_of_two_what_one_does_is_done_to_the_other()
    {
        var record = loaded.Read("Japan accused China of ramming a patrol boat.\n\nChina denied it.\n\nJapan has moved four patrol ships to the islands.\n\nNobody was hurt.");
        Assert.Contains(record.Events, e => e.Type == "MOBILIZE" && Countries(record, e.Source).Contains("JPN") && Countries(record, e.Target).Contains("CHN"));
    }

    private static List<string?> Countries(Chancery.Records.Record record, IReadOnlyList<string> actors) => [.. actors.Select(a => record.Actors.Single(x => x.Id == a).Country)];
}

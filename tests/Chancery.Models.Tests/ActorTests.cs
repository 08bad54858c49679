using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>Who is meant, of which country, in what office: with the real model and lexicon.</summary>
public sealed class ActorTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    // where they are, whose they are
    [InlineData("Officials in Baku said that the talks would go on.", "Officials", "AZE")]
    [InlineData("Students in Lima demanded change. Peru closed its border. The country's army sent trucks to the border.", "The country's army", "PER")]
    [InlineData("In Tirana they reacted sharply. Foreign Ministry spokesman Ilir Hoxha said that the charge was groundless.", "Foreign Ministry spokesman Ilir Hoxha", "ALB")]
    [InlineData("The president of Ghana closed the camp. His opponents marched to the port.", "opponents", "GHA")]
    [InlineData("Hundreds of protesters marched through Chisinau on Monday.", "protesters", "MDA")]
    // of whom the paragraph spoke
    [InlineData("Kenya's president spoke on television. Police detained nine people.", "Police", "KEN")]
    // where the report was filed
    [InlineData("LIMA, April 9 - Peru welcomed the envoys of Spain.\n\nPeru signed the treaty.\n\nAbout 200 protesters burned a flag.", "200 protesters", "PER")]
    // who is from anywhere
    [InlineData("Kenya's president spoke on television. Three diplomats left the hall.", "Three diplomats", null)]
    [InlineData("Norway praised the plan. Refugees waited at the border.", "Refugees", null)]
    public void Of_which_country_the_unnamed_are(string text, string words, string? country)
    {
        var record = loaded.Read(text);
        Assert.Equal(country, Assert.Single(record.Actors, a => a.Mentions.Any(m => m.Of(text).SequenceEqual(words))).Country);
    }

    [Theory]
    [InlineData("Hezbollah fired rockets. Israel said that the group had broken the truce.", "Hezbollah", "the group")]
    [InlineData("NATO met in Oslo. Norway praised the alliance.", "NATO", "the alliance")]
    [InlineData("The International Court of Justice heard Chad. The court ordered Chad to stop.", "International Court of Justice", "The court")]
    [InlineData("Iraqi Prime Minister Mohammed Shia al-Sudani spoke in Basra. Sudani praised Kuwait.", "Mohammed Shia al-Sudani", "Sudani")]
    [InlineData("Sudan's president met the Iran-backed militia. The government rejected the charge.", "Sudan", "The government")]
    [InlineData("The European Union's training mission in Mali (EUTMM) heard shots at night. EUTMM said that it had seen nothing.", "European Union's training mission", "EUTMM")]
    [InlineData("A Norwegian official opened the gate. \"We heard Jens Stoltenberg,\" the official said.", "Norwegian official", "the official")]
    public void What_stands_for_a_name(string text, string name, string words)
    {
        var record = loaded.Read(text);
        Assert.Contains(record.Actors, a => a.Name == name && a.Mentions.Any(m => m.Of(text).SequenceEqual(words)));
    }

    [Theory]
    [InlineData("Armenia and Azerbaijan traded fire. Both foreign ministers flew to Berlin.", "2024-03-06", "Ararat Mirzoyan", "Jeyhun Bayramov")]
    [InlineData("The presidents of Brazil and Venezuela spoke by telephone.", "2023-12-10", "Luiz Inacio Lula da Silva", "Nicolas Maduro")]
    [InlineData("Turkish and Iraqi foreign ministers signed a treaty.", "2024-08-22", "Hakan Fidan", "Fuad Hussein")]
    public void Who_the_two_are(string text, string published, string one, string other)
    {
        var record = loaded.Read(text, published);
        var pair = Assert.Single(record.Actors, a => a.Members.Count == 2);
        Assert.Equal(new[] { one, other }.Order(StringComparer.Ordinal), record.Actors.Where(a => pair.Members.Contains(a.Id)).Select(a => a.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Peter Stano, a spokesman for the European Commission, dismissed the charge.", "Peter Stano", "spokesman for the European Commission")]
    [InlineData("Secretary of State Antony Blinken phoned Irfaan Ali on Wednesday.", "Antony Blinken", "secretary of state")]
    [InlineData("Defense Minister Tomomi Inada praised the sailors.", "Tomomi Inada", "defense minister")]
    [InlineData("ASEAN Secretary-General Kao Kim Hourn praised Laos.", "Kao Kim Hourn", "secretary-general")]
    [InlineData("Erik Moen, head of the Arctic Command, praised the sailors.", "Erik Moen", "head of the Arctic Command")]
    [InlineData("Official representative of the Russian Foreign Ministry Maria Zakharova criticised France.", "Maria Zakharova", "official representative of the Russian Foreign Ministry")]
    [InlineData("He met South Korean President Yoon Suk Yeol on Thursday.", "Yoon Suk Yeol", "president")]
    public void The_office_as_the_report_has_it(string text, string name, string office)
    {
        var person = Assert.Single(loaded.Read(text).Actors, a => a is { Kind: ActorKind.Person, Name: not "He" } && a.Name.Split(' ')[^1] == name.Split(' ')[^1]);
        Assert.Equal(office, person.Office);
    }

    [Theory]
    [InlineData("TOKYO, Nov 23 - Norway praised Chad.", "Chad Norway")]
    [InlineData("VIENTIANE, Oct 10 (Reuters) – Norway praised Chad.", "Chad Norway")]
    [InlineData("Norway remains a careful supplier of fish to Chad.", "Chad Norway")]
    [InlineData("Norway put the treaty into force with Chad.", "Chad Norway")]
    [InlineData("The first gun — Norway fired it at Chad.", "Chad Norway")]
    public void Who_is_nobody(string text, string actors) =>
        Assert.Equal(actors, string.Join(' ', loaded.Read(text).Actors.Select(a => a.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Another_of_a_known_surname_is_somebody_else()
    {
        var ritter = Assert.Single(loaded.Read("Markus Ritter opened the gate. Mr Ritter said that nobody had been hurt.").Actors, a => a.Kind == ActorKind.Person);
        Assert.Equal((null, 2), (ritter.Known, ritter.Mentions.Count));
    }

    [Fact]
    public void Who_is_named_at_last_is_he_of_whom_the_office_spoke()
    {
        var record = loaded.Read("Norway summoned the Chinese ambassador. Ambassador Chen Bowen was received in Oslo. Chen rejected the protest.");
        Assert.Equal("CHN", Assert.Single(record.Actors, a => a.Kind == ActorKind.Person).Country);
    }

    [Theory]
    [InlineData("The Swiss president will visit Norway on Friday.", "2024-04-12")]
    [InlineData("The Swiss president visited Norway on Friday.", "2024-04-05")]
    [InlineData("The Swiss president wrapped up a two-day visit to Norway on Tuesday.", "2024-04-08/2024-04-09")]
    [InlineData("The Swiss president visited Norway in June.", "2023-06")]
    [InlineData("The Swiss president was to visit Norway later on Wednesday.", "2024-04-10")]
    [InlineData("The Swiss president phoned the Chadian president on Saturday. The Swiss president asked the Chadian president to wait.", "2024-04-06 2024-04-06")]
    public void When_it_was_or_will_be(string text, string dates) =>
        Assert.Equal(dates, string.Join(' ', loaded.Read(text).Events.Select(e => e.Date?.Edtf).OfType<string>()));

    [Theory]
    [InlineData("Chad urged Mali to leave the port and accused Niger of theft.", "ACCUSE", "Actual")]
    [InlineData("The Swiss president was to fly to Norway later on Wednesday.", "CONSULT", "Planned")]
    [InlineData("Chad and Mali will speak again after the meeting in Lagos.", "CONSULT", "Planned")]
    public void Whether_it_is_or_will_be(string text, string type, string status) =>
        Assert.Contains(loaded.Read(text).Events, e => e.Type == type && e.Status.ToString() == status);
}

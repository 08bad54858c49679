using System.Text;
using System.Text.Json;
using Chancery.Formats.Intake;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class RowsTests
{
    [Fact]
    public void A_line_of_json_is_a_document()
    {
        var document = Reading.One("""{"headline":"Envoys meet","body":"They met.\r\nThey left.","pub_date":"April 10, 2024","source":{"name":"The Courier"},"link":"https://courier.example/a","authors":["Anna Holm","Jon Reyes"],"lang":"en-US"}""" + "\n", "news.jsonl");
        Assert.Equal("Envoys meet\n\nThey met.\nThey left.", document.Text);
        Assert.Equal(("https://courier.example/a", "Envoys meet", "2024-04-10", "The Courier", "en"), (document.Id, document.Title, document.Published, document.Publisher, document.Language));
        Assert.Equal(["Anna Holm", "Jon Reyes"], document.Authors);
    }

    [Fact]
    public void A_bad_line_is_a_problem_and_the_rest_goes_on()
    {
        var read = Reading.All("{\"text\":\"One.\"}\n{\"text\":\n\n[1]\n{\"title\":\"Only\"}\n{\"id\":\"x\",\"text\":\"Two.\"}\n{\"text\":\"Three.\"}", "in/news.jsonl");
        Assert.Equal(["news-1", "x", "news-7"], read.Select(r => r.Document?.Id).OfType<string>());
        Assert.Equal(["CH0312 line 2", "CH0312 line 4", "CH0313 line 5"], read.Where(r => r.Problem is not null).Select(r => $"{r.Problem!.Code}{r.Problem.Message.Split(':')[1]}"));
    }

    [Fact]
    public void Records_go_to_whom_they_belong()
    {
        const string record = """{"schema":"chancery/record/1","document":{"id":"d"}}""";
        var (raw, text) = (new List<string>(), $"{record}\n{{\"text\":\"One.\"}}\n");
        var read = Reading.All(text, "news.jsonl", new() { Raw = line => { raw.Add(line); return true; } });
        Assert.Equal(record, Assert.Single(raw));
        Assert.Equal("One.", Assert.Single(read).Document!.Text);
        Assert.Equal("CH0315", Reading.All(text, "news.jsonl")[0].Problem!.Code);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_a_problem_with_its_line()
    {
        var read = Reading.All("text\nOne.\n\"" + new string('x', 5000), "news.csv", new() { LongestRow = 2000 });
        Assert.Equal("One.", read[0].Document!.Text);
        Assert.Equal("CH0311", read[^1].Problem!.Code);
        Assert.Contains("line 3", read[^1].Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title,text\nA,\"One, two\"\n", "A\n\nOne, two")]
    [InlineData("title;text\nA;One, two\n", "A\n\nOne, two")]
    [InlineData("title\ttext\nA\tOne, two\n", "A\n\nOne, two")]
    [InlineData("\uFEFFTEXT,Title\n\"One\nline \"\"two\"\"\",A\n", "A\n\nOne\nline \"two\"")]
    [InlineData("sep=;\ntext;title\nOne, two;A\n", "A\n\nOne, two")]
    [InlineData("text\n<p>One</p><p>two</p>\n", "One\n\ntwo")]
    public void A_row_of_csv_is_a_document(string csv, string expected) => Assert.Equal(expected, Reading.One(csv, "a.csv").Text);

    [Fact]
    public void Lines_are_counted_through_quoted_ones()
    {
        var read = Reading.All("id,text\n,\"One\nand\nmore.\"\nx,\n\n,Last.\n", "a.csv");
        Assert.Equal(["a-2", "", "a-7"], read.Select(r => r.Document?.Id ?? ""));
        Assert.Contains("line 5", read[1].Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_of_csv_is_a_problem_and_the_rest_goes_on()
    {
        var read = Reading.All("id,text\n1,One\n2,\"Tw\"o\n3,Three,more\n4\n5,Five\n", "a.csv");
        Assert.Equal(["1", "2", "5"], read.Select(r => r.Document?.Id).OfType<string>());
        Assert.Equal(["CH0312 line 4", "CH0313 line 5"], read.Where(r => r.Problem is not null).Select(r => $"{r.Problem!.Code}{r.Problem.Message.Split(':')[1]}"));
    }

    [Fact]
    public void Columns_can_be_named()
    {
        var options = new IntakeOptions { Columns = ColumnMapping.Parse("text=story, title=kop,published=dag") };
        var document = Reading.One("kop,story,dag,text\nA,One.,2024-04-10,Not this.\n", "a.csv", options);
        Assert.Equal(("A\n\nOne.", "2024-04-10"), (document.Text, document.Published));
        Assert.Contains("story", Reading.Refused("a,b\n1,2\n", "a.csv", options).Message, StringComparison.Ordinal);
        Assert.Equal("CH0314", Reading.Refused("a,b\n1,2\n", "a.csv").Code);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("words=body")]
    [InlineData("text=a,text=b")]
    [InlineData("text=")]
    public void A_mapping_that_is_none_is_told(string mapping) => Assert.Throws<FormatException>(() => ColumnMapping.Parse(mapping));

    private static readonly Gen<string> Field = Gen.OneOf("a", " b ", "c,d", "e\"f", "g\nh", "i;j", "é—", "k\tl", "\"\"", "m\n\nn").Array[1, 4].Select(p => "x" + string.Concat(p) + "y");

    [Fact]
    public void Csv_gives_back_what_was_put_in() => Field.Array[1, 10].Sample(fields =>
    {
        var csv = "id,text\r\n" + string.Concat(fields.Select((f, i) => $"{i},\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n"));
        return Reading.All(csv, "a.csv").Select(r => r.Document!.Text).SequenceEqual(fields);
    });

    [Fact]
    public void Any_rows_are_documents_or_problems() =>
        Gen.OneOf("\"", ",", "\n", "a", "{", "}", "[", ":", "\"text\"", "\r", ";", "\\", "1", "\0", "\\ud800").Array[0, 60].Sample(parts =>
        {
            var text = string.Concat(parts);
            return new[] { "a.csv", "a.tsv", "a.jsonl", "a.json" }.All(name => Reading.All(text, name).Concat(Reading.All("text,b\n" + text, name)).All(r => r.Document is null != r.Problem is null));
        });

    [Theory]
    [InlineData("""{"uri":"urn:x:1","headline":"Envoys meet","body_text":"They met.","versioncreated":"2024-04-10T23:00:00-04:00","byline":"By Anna Holm and Jon Reyes","language":"en","copyrightholder":"The Courier"}""")]
    [InlineData("""{"uri":"urn:x:1","headline":"Envoys meet","body_xhtml":"<div><p>They <b>met</b>.</p></div>","firstcreated":"2024-04-10T23:00:00Z","byline":"Anna Holm, Jon Reyes","language":"en-GB","source":"The Courier"}""")]
    [InlineData("""{"standard":{"name":"ninjs","version":"3.0"},"uri":"urn:x:1","headlines":[{"role":"short","value":"Envoys"},{"role":"main","value":"Envoys meet"}],"bodies":[{"contenttype":"application/xhtml+xml","value":"<p>They met.</p>"}],"contentcreated":"2024-04-10","by":"Anna Holm and Jon Reyes","byline":"Anna Holm and Jon Reyes","language":"en","infosources":[{"name":"The Courier"}]}""")]
    public void News_items_of_all_versions_are_read(string json)
    {
        var document = Reading.One(json, "item.json");
        Assert.Equal(("urn:x:1", "Envoys meet\n\nThey met.", "2024-04-10", "The Courier", "en"), (document.Id, document.Text, document.Published, document.Publisher, document.Language));
        Assert.Equal(["Anna Holm", "Jon Reyes"], document.Authors);
    }

    [Fact]
    public void A_withdrawn_item_is_told() =>
        Assert.Equal("CH0340", Reading.Refused("""{"uri":"urn:x:1","pubstatus":"canceled","body_text":"They met."}""", "item.json").Code);

    [Theory]
    [InlineData("""[{"text":"One."},{"text":"Two."}]""")]
    [InlineData("""{"status":"ok","articles":[{"content":"One."},{"content":"Two."}]}""")]
    [InlineData("{\n  \"items\": [\n {\"body\":\"One.\"},\n {\"body\":\"Two.\"} ]\n}")]
    [InlineData("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n")]
    public void Lists_are_read_however_they_are_wrapped(string json) =>
        Assert.Equal(["One.", "Two."], Reading.All(json, "list.json").Select(r => r.Document!.Text));

    [Fact]
    public void Json_nested_without_end_is_refused() =>
        Assert.Equal("CH0312", Reading.Refused(new string('[', 100_000), "deep.json").Code);
}

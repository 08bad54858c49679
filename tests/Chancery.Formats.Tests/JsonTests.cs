using System.Text;
using System.Text.Json;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Formats.Tests;

public class JsonTests
{
    [Fact]
    public void Offsets_in_a_record_count_code_points_and_find_the_quote()
    {
        const string Text = "😀 Eden said it rained.";
        var statement = new Statement("s1", SpeechAct.Deny, SpeechForm.Indirect, new(new(3, 7), new(8, 12), [new(13, 22)])) { Speaker = "a1" };
        var eden = new Actor("a1", "Anthony Eden", ActorKind.Person) { Country = "GBR", Office = "prime minister", Mentions = [new(3, 7)] };
        var denial = new Event("e1", "REJECT", EventStatus.Possible, new([new(8, 12)], [new(3, 7)], [], new(0, 23)))
        {
            Source = ["a1"], Date = new("1956-10", new(3, 7)),
        };
        using var json = Parse(to => RecordJson.Write(to, new(new("d", Text) { Published = "1956-10" }, [eden], [statement], [denial])));

        var root = json.RootElement;
        Assert.Equal("chancery/record/1", root.GetProperty("schema").GetString());
        Assert.Equal(22, root.GetProperty("document").GetProperty("characters").GetInt32());
        Assert.Equal("1956-10", root.GetProperty("document").GetProperty("published").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("document").GetProperty("publisher").ValueKind);
        var written = root.GetProperty("statements")[0];
        var runes = Text.EnumerateRunes().ToList();
        string Quote(string part) => string.Concat(runes[written.GetProperty("spans").GetProperty(part)[0][0].GetInt32()..written.GetProperty("spans").GetProperty(part)[0][1].GetInt32()]);
        Assert.Equal("Eden", Quote("speaker"));
        Assert.Equal("said", Quote("cue"));
        Assert.Equal("it rained", Quote("content"));
        Assert.Equal("it rained", written.GetProperty("text").GetString());
        Assert.Equal("deny", written.GetProperty("act").GetString());
        Assert.Equal("[[2,6]]", root.GetProperty("actors")[0].GetProperty("mentions").GetRawText());
        Assert.Equal("person", root.GetProperty("actors")[0].GetProperty("kind").GetString());
        var denied = root.GetProperty("events")[0];
        Assert.Equal("[0,22]", denied.GetProperty("sentence").GetRawText());
        Assert.Equal("possible", denied.GetProperty("status").GetString());
        Assert.Equal("Eden", denied.GetProperty("date").GetProperty("text").GetString());
    }

    [Fact]
    public void An_annotation_has_every_layer_of_every_word()
    {
        var annotation = Annotations.Draw(("😀", "O", null), ("Eden", "B-PER", "Source"), ("said", "O", "Cue"), ("no", "O", "Content"));
        using var json = Parse(to => AnnotationJson.Write(to, new("d", annotation.Text), annotation));

        var sentence = json.RootElement.GetProperty("sentences")[0];
        var eden = sentence.GetProperty("words")[1];
        Assert.Equal("Eden", eden.GetProperty("form").GetString());
        Assert.Equal((2, 6), (eden.GetProperty("start").GetInt32(), eden.GetProperty("end").GetInt32()));
        Assert.Equal(0, eden.GetProperty("head").GetInt32());
        Assert.Equal("PER", sentence.GetProperty("names")[0].GetProperty("kind").GetString());
        Assert.Equal(["source", "cue", "content"], json.RootElement.GetProperty("attributions").EnumerateArray().Select(a => a.GetProperty("part").GetString()!));
    }

    private static JsonDocument Parse(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
            write(to);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}

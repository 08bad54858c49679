using Chancery.Language.Encoding;
using Xunit;

namespace Chancery.Tests;

public class ModelDescriptionTests
{
    [Fact]
    public void Reads_what_it_was_trained_with()
    {
        var model = ModelDescription.Parse(Json(vocabulary: 2), "the\nsaid\n");
        Assert.Equal(["NOUN", "VERB"], model.Upos);
        Assert.Equal(["O", "B-PER", "I-PER"], model.Names);
        Assert.Equal(64, model.Window);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "'format' is missing")]
    [InlineData("{\"format\": 2}", "reads format 1")]
    [InlineData("{\"format\": \"one\"}", "'format' is not a whole number")]
    public void Says_what_is_wrong_with_the_file(string json, string expected) => Assert.Contains(expected, Refusal(json, "").Message, StringComparison.Ordinal);

    [Fact]
    public void A_vocabulary_of_another_model_is_refused() =>
        Assert.Contains("do not belong together", Refusal(Json(vocabulary: 3), "the\nsaid\n").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"root\"", "\"branch\"", "labels.rel has no 'root'")]
    [InlineData("\"B-PER\"", "\"PER\"", "labels.names must be 'O' and then tags")]
    [InlineData("\"window\": 64", "\"window\": 0", "'window' is not a whole number from 1 to 4096")]
    [InlineData("[0, 0, 0]]", "[0, 0]]", "'follow' is not 3 rows of 3 numbers")]
    [InlineData("[\"NOUN\", \"VERB\"]", "[]", "labels.upos is not a list of names")]
    public void Damage_is_named(string whole, string damaged, string expected) =>
        Assert.Contains(expected, Refusal(Json(vocabulary: 2).Replace(whole, damaged, StringComparison.Ordinal), "the\nsaid\n").Message, StringComparison.Ordinal);

    internal static string Json(int vocabulary) => $$$"""
        {"format": 1, "window": 64, "vocabulary": {{{vocabulary}}},
         "features": {"hashedWords": 30, "prefix3": 50, "suffix4": 50, "suffix3": 50, "suffix2": 50, "shape": 50, "groups": 50},
         "follow": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
         "labels": {"upos": ["NOUN", "VERB"], "xpos": ["NN", "VBD"], "rel": ["nsubj", "root"], "names": ["O", "B-PER", "I-PER"], "attr": ["O", "B-Source", "I-Source", "B-Cue", "I-Cue", "B-Content", "I-Content"]}}
        """;

    private static InvalidDataException Refusal(string json, string vocabulary) =>
        Assert.Throws<InvalidDataException>(() => ModelDescription.Parse(json, vocabulary));
}

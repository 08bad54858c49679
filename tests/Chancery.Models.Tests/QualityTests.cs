using System.IO.Compression;
using Chancery.Formats.Conllu;
using Chancery.Language;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>The figures that docs/model.md gives, less a little: a change that costs accuracy fails here.</summary>
public class QualityTests
{
    [Theory]
    [InlineData("ewt.dev.conllu.gz", 95.5, 85.5)]
    [InlineData("gum.dev.conllu.gz", 96.5, 85.5)]
    public void Tags_and_trees_on_given_words(string file, double leastUpos, double leastLas)
    {
        using var model = LanguageModel.Load();
        var (words, upos, las) = (0, 0, 0);
        foreach (var document in Treebank(file))
        {
            var found = model.Annotator.Annotate(document.Annotation.Text, document.Segmentation, TestContext.Current.CancellationToken);
            foreach (var (gold, guess) in Words(document.Annotation).Zip(Words(found)))
            {
                words++;
                upos += gold.Upos == guess.Upos ? 1 : 0;
                las += gold.Head == guess.Head && Plain(gold.Relation) == Plain(guess.Relation) ? 1 : 0;
            }
        }
        Assert.InRange(100.0 * upos / words, leastUpos, 100);
        Assert.InRange(100.0 * las / words, leastLas, 100);
    }

    [Fact]
    public void Dictionary_forms_and_features_given_the_right_tags()
    {
        var lexemes = Lexemes.Parse(File.ReadAllText(Repository.File("models", "en", "lexemes.tsv")));
        var (words, lemmas, features) = (0, 0, 0);
        foreach (var word in Treebank("gum.dev.conllu.gz").SelectMany(d => Words(d.Annotation)))
        {
            words++;
            lemmas += lexemes.Lemma(word.Form, word.Upos, word.Xpos) == word.Lemma ? 1 : 0;
            features += lexemes.Features(word.Form, word.Upos, word.Xpos) == word.Features ? 1 : 0;
        }
        Assert.InRange(100.0 * lemmas / words, 98, 100);
        Assert.InRange(100.0 * features / words, 92.5, 100);
    }

    private static IEnumerable<ConlluDocument> Treebank(string file)
    {
        var path = Repository.Shared("data", "treebank", file);
        using var from = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        foreach (var document in ConlluReader.Read(from, file))
            yield return document;
    }

    private static IEnumerable<Word> Words(Annotation annotation) => annotation.Sentences.SelectMany(s => s.Words);

    private static string Plain(string relation) => relation.Split(':')[0];
}

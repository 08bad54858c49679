using Chancery.Formats.Conllu;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>Annotates a treebank's own sentences and words, so that the parser is measured apart from the segmenter.</summary>
internal static class GoldWords
{
    public static int Run(string file, string[] rest)
    {
        using var model = LanguageModel.Load(rest is [var path, ..] ? path : null);
        using var from = new StreamReader(file);
        var to = new ConlluWriter(Console.Out);
        foreach (var document in ConlluReader.Read(from, file))
            to.Write(document.Id, model.Annotator.Annotate(document.Annotation.Text, document.Segmentation));
        return 0;
    }
}

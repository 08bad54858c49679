using Chancery.Formats.Conllu;
using Chancery.Language;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests;

public class ConlluTests
{
    private const string Sample = """
        # newdoc id = fashoda
        # newpar
        # sent_id = fashoda-1
        # text = It didn't rain.
        1	It	it	PRON	PRP	Case=Nom	4	nsubj	_	_
        2-3	didn't	_	_	_	_	_	_	_	_
        2	did	do	AUX	VBD	_	4	aux	_	_
        3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
        4	rain	rain	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
        4.1	_	_	_	_	_	_	_	_	_
        5	.	.	PUNCT	.	_	4	punct	_	_

        # sent_id = fashoda-2
        1	Go	go	VERB	VB	_	0	root	_	SpaceAfter=No
        2	!	!	PUNCT	.	_	1	punct	_	_

        # newdoc id = agadir
        1	No	no	INTJ	UH	_	0	root	_	_

        """;

    [Fact]
    public void Reads_documents_with_their_text_words_and_trees()
    {
        var documents = Read(Sample);
        Assert.Equal(["fashoda", "agadir"], documents.Select(d => d.Id));
        var rain = documents[0].Annotation;
        Assert.Equal("It didn't rain. Go!", rain.Text.TrimEnd());
        Assert.Equal([true, false], rain.Sentences.Select(s => s.StartsParagraph));
        Assert.Equal([3, 3, 3, -1, 3], rain.Sentences[0].Words.Select(w => w.Head));
        Assert.Equal([false, false, true, false, false], rain.Sentences[0].Words.Select(w => w.ContinuesToken));
        Assert.Equal("Polarity=Neg", rain.Sentences[0].Words[2].Features);
        Assert.Null(rain.Sentences[0].Words[1].Features);
    }

    [Theory]
    [InlineData("1\tGo\tgo\tVERB\n", "line 1: 4 fields instead of 10")]
    [InlineData("1\tGo\tgo\tVERB\tVB\t_\tzero\troot\t_\t_\n", "line 1: ")]
    [InlineData("2\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n", "line 1: word 2 follows word 0")]
    [InlineData("# text = Go\n1\t\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n", "line 2: a word without a form")]
    public void Names_the_file_and_the_line_that_breaks_the_format(string file, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.StartsWith("bank.conllu: " + expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back_the_same() =>
        Annotations.Any.Sample(annotation =>
        {
            var written = Write(annotation);
            var read = Assert.Single(Read(written)).Annotation;
            Assert.Equal(Shape(annotation), Shape(read));
        }, iter: 500);

    [Fact]
    public void Writes_names_attribution_offsets_and_spacing()
    {
        var annotation = Annotations.Draw(("Eden", "B-PER", "Source"), ("said", "O", "Cue"), ("“", "O", "Content"), ("Go", "O", "Content"), (".", "O", null));
        var lines = Write(annotation).Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')[9]);
        Assert.Equal(
            [
                "start_char=0|end_char=4|NE=B-PER|Attribution=B-Source",
                "start_char=5|end_char=9|Attribution=B-Cue",
                "start_char=10|end_char=11|Attribution=B-Content",
                "start_char=12|end_char=14|Attribution=I-Content",
                "start_char=15|end_char=16",
            ], lines);
    }

    private static List<ConlluDocument> Read(string file) => [.. ConlluReader.Read(new StringReader(file), "bank.conllu")];

    private static string Write(Annotation annotation)
    {
        var to = new StringWriter();
        new ConlluWriter(to).Write("d", annotation);
        return to.ToString();
    }

    private static IEnumerable<(string, bool, string, string?, int, string, bool)> Shape(Annotation annotation) =>
        annotation.Sentences.SelectMany(s => s.Words.Select((w, i) => (w.Form, w.ContinuesToken, w.Lemma, w.Features, w.Head, w.Relation, i == 0 && s.StartsParagraph)));
}

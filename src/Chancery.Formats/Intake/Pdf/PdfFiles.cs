using System.Text.RegularExpressions;
using Chancery.Records;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Chancery.Formats.Intake;

/// <summary>Reads the text of PDF files: columns in order, words whole, without running heads and page numbers. Pictures are not read.</summary>
internal static partial class PdfFiles
{
    private const int MostLetters = 60_000;
    private const long LargestUnpacked = 256L << 20;
    private const int Stack = 16 << 20;

    public static (Document?, Problem?) Read(byte[] bytes, string id, string name, IntakeOptions options, CancellationToken stop)
    {
        // A file can send the parser round in circles or deep into itself, and it takes no token; so it has a thread, a stack and a time.
        (Document?, Problem?) result = default;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var token = late.Token;
        var thread = new Thread(() => result = Open(bytes, id, name, options, token), Stack) { IsBackground = true, Name = "pdf" };
        thread.Start();
        if (thread.Join(options.LongestTime))
        {
            stop.ThrowIfCancellationRequested();
            return result;
        }
        late.Cancel();
        return (null, new("CH0333", $"{name}: reading it takes longer than {options.LongestTime.TotalSeconds:0} seconds; divide it, or save the article alone."));
    }

    private static (Document?, Problem?) Open(byte[] bytes, string id, string name, IntakeOptions options, CancellationToken stop)
    {
        try
        {
            using var pdf = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, FilterProvider = new BoundedFilters(LargestUnpacked) });
            if (pdf.NumberOfPages > options.MostPages)
                return (null, new("CH0333", $"{name}: {pdf.NumberOfPages} pages, and {options.MostPages} are the most that are read; divide it."));
            var lines = new List<PageLine>();
            for (var page = 1; page <= pdf.NumberOfPages; page++)
            {
                if (stop.IsCancellationRequested)
                    return default;
                Add(pdf.GetPage(page), lines);
            }
            var text = string.Join("\n\n", Paragraphs.Of(RunningHeads.Without(lines, pdf.NumberOfPages)));
            if (string.IsNullOrWhiteSpace(text))
                return (null, new("CH0332", $"{name}: the pages have no letters, only pictures of them; run it through text recognition (OCR) first."));
            var facts = pdf.Information;
            return (new Report(id, text)
            {
                Title = Title(facts.Title),
                Published = Day(facts.CreationDate),
                Authors = Report.Names(facts.Author),
            }.ToDocument(options), null);
        }
        catch (Exception e) when (e is BoundedFilters.TooMuchException || e.GetBaseException() is BoundedFilters.TooMuchException)
        {
            return (null, new("CH0333", $"{name}: unpacks to more than {LargestUnpacked / (1 << 20)} MiB, which no report does; save the article alone."));
        }
        catch (PdfDocumentEncryptedException)
        {
            return (null, new("CH0330", $"{name}: locked with a password; save a copy without one."));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, new("CH0331", $"{name}: damaged, or no PDF file ({e.GetType().Name}); fetch it again, or print it to a new PDF file."));
        }
    }

    private static void Add(Page page, List<PageLine> lines)
    {
        if (page.Letters.Count is 0 or > MostLetters)
            return;
        var words = page.GetWords(NearestNeighbourWordExtractor.Instance).Where(w => w.TextOrientation == TextOrientation.Horizontal && !string.IsNullOrWhiteSpace(w.Text)).ToList();
        if (words.Count == 0)
            return;
        var order = 0;
        var blocks = DocstrumBoundingBoxes.Instance.GetBlocks(words);
        foreach (var block in UnsupervisedReadingOrderDetector.Instance.Get(blocks).OrderBy(b => b.ReadingOrder))
        {
            foreach (var line in block.TextLines)
                lines.Add(Line(line, page.Number, order));
            order++;
        }
    }

    private static PageLine Line(TextLine line, int page, int block) => new(
        Blanks().Replace(string.Join(' ', line.Words.Select(w => w.Text.Normalize(System.Text.NormalizationForm.FormKC))), " ").Trim(), page, block,
        line.BoundingBox.Left, line.BoundingBox.Right, line.Words[0].Letters[0].StartBaseLine.Y, line.Words.Max(w => w.Letters.Max(l => l.PointSize)));

    /// <summary>A title that a person wrote, and not the file's name that a program put there.</summary>
    private static string? Title(string? title) =>
        Report.Absent(title) is { Length: < 300 } t && !FileTitle().IsMatch(t) ? t : null;

    private static string? Day(string? date) => Stamp().Match(date ?? "") is { Success: true } d ? PublishedDate.Of($"{d.Groups[1].Value}-{d.Groups[2].Value}-{d.Groups[3].Value}") : null;

    [GeneratedRegex(@"^(?:microsoft |untitled|document ?\d*$|slide ?\d*$)|\.(?:docx?|indd|pdf|pages|odt|rtf|qxp|pptx?|xlsx?|tex|dvi)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FileTitle();

    [GeneratedRegex(@"^(?:D:)?((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}

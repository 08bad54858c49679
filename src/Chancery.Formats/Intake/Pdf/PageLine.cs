namespace Chancery.Formats.Intake;

/// <summary>A line of a PDF page where it stands, in points from the page's lower left corner.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Block">Which block of the page it belongs to, in reading order.</param>
/// <param name="Left">Where it begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Base">Where it stands.</param>
/// <param name="Size">The size of its letters.</param>
internal sealed record PageLine(string Text, int Page, int Block, double Left, double Right, double Base, double Size)
{
    public bool EndsSentence => Text.TrimEnd('"', '”', '’', '\'', ')', ']') is [.., '.' or '!' or '?' or ':'];
}

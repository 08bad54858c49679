using Chancery.Formats.Json;
using Chancery.Views;
using Spectre.Console;

namespace Chancery.Cli.Output;

/// <summary>Views as tables for people, each with its words.</summary>
internal sealed class ViewText(IAnsiConsole console, bool evidence)
{
    public void Write(IReadOnlyCollection<DiaryItem> diary) => Table("Diary", diary, ["date", "what", "who", "with", "place", "status", "on whose word"],
        i => [i.Date ?? "no date", i.What, Names(i.Who), Names(i.With), i.Place ?? "", ViewJson.NameOf(i.Status), string.Join(", as told by ", i.WordOf.Reverse().Select(a => a.Name))], i => i.Evidence);

    public void Write(IReadOnlyCollection<Measure> measures) => Table("Measures", measures, ["date", "measure", "by", "on", "status"],
        i => [i.Date ?? "no date", i.Kind, Names(i.By), Names(i.On), ViewJson.NameOf(i.Status)], i => i.Evidence);

    public void Write(IReadOnlyCollection<Position> positions) => Table("Positions", positions, ["who", "stance", "issue", "times"],
        i => [i.Actor.Name, ViewJson.NameOf(i.Stance), OnOneLine(i.Issue), $"{i.Times}"], i => i.Evidence);

    public void Write(IReadOnlyCollection<Dispute> disputes) => Table("Disputes", disputes, ["kind", "who says", "what", "answered by", "how"],
        i => [ViewJson.NameOf(i.Kind), Names(i.Claimant), OnOneLine(i.Claim), Names(i.AnsweredBy), OnOneLine(i.Answer ?? "")], i => i.Evidence);

    private void Table<T>(string title, IReadOnlyCollection<T> items, string[] columns, Func<T, string[]> cells, Func<T, IReadOnlyList<Evidence>> words)
    {
        console.Write(new Text($"{title}\n", new Style(decoration: Decoration.Underline)));
        if (items.Count == 0)
        {
            console.Write(new Text("  nothing\n\n"));
            return;
        }
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        if (evidence)
            table.AddColumn(new TableColumn(new Text("words")));
        foreach (var item in items)
            table.AddRow([.. cells(item).Append(evidence ? string.Join(" / ", words(item).Select(e => OnOneLine(e.Text))) : null).OfType<string>().Select(c => new Text(c))]);
        console.Write(table);
        console.Write(new Text("\n"));
    }

    private static string Names(IEnumerable<ViewActor> actors) => string.Join(", ", actors.Select(a => a.Name));

    private static string OnOneLine(string words) => string.Join(' ', words.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}

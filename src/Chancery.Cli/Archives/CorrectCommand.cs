using System.CommandLine;
using System.Globalization;
using Chancery.Corrections;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery correct</c>: what people decide of entries and actors.</summary>
internal static class CorrectCommand
{
    public static Command Make(Terminal terminal, TimeProvider clock) => new("correct", "Confirm, edit or reject an entry; say that two actors are one. Corrections outlive reading anew, and always win.")
    {
        Decide(terminal, clock, "confirm", CorrectionAction.Confirm, "An entry is right."),
        Decide(terminal, clock, "edit", CorrectionAction.Edit, "An entry is right with other values."),
        Decide(terminal, clock, "reject", CorrectionAction.Reject, "An entry is wrong, and no longer shown."),
        Actor(terminal, clock),
    };

    private static Option<string> ByOption() => new("--by") { Description = "Who decides; otherwise the name of the user.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };

    private static Command Decide(Terminal terminal, TimeProvider clock, string name, CorrectionAction action, string about)
    {
        var options = new ArchiveOptions();
        var document = new Argument<string>("DOCUMENT") { Description = "The key of the report." };
        var entry = new Argument<string>("ENTRY") { Description = "The statement or event, such as e3; a view shows both with --evidence." };
        var (by, note) = (ByOption(), new Option<string?>("--note") { Description = "Why.", HelpName = "WORDS" });
        var set = new Option<string[]>("--set") { Description = $"A new value, such as status=planned; fields: {string.Join(", ", Corrected.Fields)}.", HelpName = "FIELD=VALUE", AllowMultipleArgumentsPerToken = true };
        var command = new Command(name, about) { document, entry, by, note };
        if (action == CorrectionAction.Edit)
        {
            set.Required = true;
            set.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
                    result.AddError($"--set {token.Value}: write it as status=planned.");
            });
            command.Add(set);
        }
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var changes = (action == CorrectionAction.Edit ? parsed.GetValue(set) ?? [] : []).Select(s => s.Split('=', 2)).GroupBy(p => p[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last()[1], StringComparer.Ordinal);
            archive.Correct(parsed.GetValue(document)!, new(parsed.GetValue(entry)!, "", action, parsed.GetValue(by)!, Now(clock)) { Changes = changes, Note = parsed.GetValue(note) });
            archive.Merge(null, cancellation);
            terminal.Out.WriteLine($"{parsed.GetValue(document)} {parsed.GetValue(entry)}: {name}ed");
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Actor(Terminal terminal, TimeProvider clock)
    {
        var options = new ArchiveOptions();
        var key = new Argument<string>("ACTOR") { Description = "The key of an actor; DOCUMENT#NAME for the one of that name in one report." };
        var same = new Option<string?>("--same-as") { Description = "The key of the actor that it is.", HelpName = "ACTOR" };
        var undo = new Option<bool>("--undo") { Description = "Take back what was said of it." };
        var by = ByOption();
        var command = new Command("actor", "Say that two actors are one, or take it back.") { key, same, undo, by };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(undo) == (result.GetValue(same) is not null))
                result.AddError("Give either --same-as ACTOR or --undo.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            var touched = archive.SetIdentity(parsed.GetValue(key)!, parsed.GetValue(same), parsed.GetValue(by)!, Now(clock));
            archive.Merge(null, cancellation);
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(key)}: {touched} reports looked at again"));
            return Task.FromResult(0);
        });
        return command;
    }

    private static string Now(TimeProvider clock) => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

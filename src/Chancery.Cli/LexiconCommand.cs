using System.CommandLine;
using System.Globalization;
using Chancery.Lexicon;

namespace Chancery.Cli;

/// <summary>The command <c>chancery lexicon</c>: checks tables, and shows what is known of a name or word.</summary>
internal static class LexiconCommand
{
    /// <summary>The option that adds tables to those inside.</summary>
    public static Option<string?> Overlay() => new("--lexicon") { Description = "A folder with tables of your own, which add to those inside and win over them.", HelpName = "DIR" };

    /// <summary>The lexicon inside with the tables of a folder; read when it is first asked for.</summary>
    public static Lazy<WorldLexicon> Source(string? folder) => new(() => WorldLexicon.Parse(WorldLexicon.Tables().Concat(Tables(folder))));

    public static Command Make(Terminal terminal)
    {
        var tables = Overlay();
        var check = new Command("check", "Read all tables and say what is in them, or what is wrong and where.") { tables };
        check.SetAction(parsed =>
        {
            var lexicon = Source(parsed.GetValue(tables)).Value;
            var kinds = lexicon.Actors.Values.GroupBy(a => a.Kind).ToDictionary(g => g.Key, g => g.Count());
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kinds.GetValueOrDefault(ActorKind.State)} states, {kinds.GetValueOrDefault(ActorKind.Person)} people, {kinds.GetValueOrDefault(ActorKind.Organisation)} organisations, {kinds.GetValueOrDefault(ActorKind.Media)} media, {lexicon.AgentCount} words for people and bodies, {lexicon.Frames.Count()} frames, {lexicon.PlaceNameCount} names of places."));
            return 0;
        });
        var name = new Argument<string>("NAME") { Description = "A name, an adjective of nationality, or a word for people or bodies." };
        var show = new Command("show", "Show what is known of a name or word.") { name, tables };
        show.SetAction(parsed => Show(terminal, Source(parsed.GetValue(tables)).Value, parsed.GetValue(name)!));
        var dictionaries = new Argument<string[]>("FILE") { Description = "Actor and agent dictionaries in the format of PETRARCH.", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string>("--to") { Description = "The folder for the tables; made where it is missing.", HelpName = "DIR", Required = true };
        var import = new Command("import", "Turn PETRARCH's actor and agent dictionaries into tables for --lexicon.") { dictionaries, to };
        import.SetAction(parsed => Import(terminal, parsed.GetValue(dictionaries)!, parsed.GetValue(to)!));
        return new("lexicon", "What is known of the world: check the tables, ask them, or add to them.") { check, show, import };
    }

    private static int Import(Terminal terminal, string[] files, string folder)
    {
        if (Array.Find(files, f => !File.Exists(f)) is { } missing)
        {
            terminal.Error.WriteLine($"CH0302 {missing}: there is no such file; check the name.");
            return 1;
        }
        var dictionary = PetrarchImport.Parse(files.Select(f => (f, File.ReadAllText(f))));
        var tables = dictionary.Tables().Select(t => (File: Path.Combine(folder, t.File), t.Text)).ToList();
        if (tables.Find(t => File.Exists(t.File)).File is { } there)
        {
            terminal.Error.WriteLine($"CH0303 {there}: there already; give a new folder, so that nothing of yours is lost.");
            return 1;
        }
        // What cannot be read back is not written.
        WorldLexicon.Parse(tables);
        Directory.CreateDirectory(folder);
        foreach (var (file, text) in tables)
            File.WriteAllText(file, text);
        foreach (var skipped in dictionary.Skipped)
            terminal.Error.WriteLine($"CH0304 {skipped}; left out.");
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dictionary.Count} names into {string.Join(", ", tables.Select(t => t.File))}. Use them with: chancery read FILE --lexicon {folder}"));
        return 0;
    }

    private static int Show(Terminal terminal, WorldLexicon lexicon, string name)
    {
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        var found = false;
        foreach (var actor in lexicon.Named(plain))
        {
            found = true;
            terminal.Out.WriteLine($"{actor.Name}: {string.Join(", ", new[] { actor.Kind.ToString().ToLowerInvariant(), actor.Country, string.Join(' ', actor.Sectors), actor.Key }.OfType<string>())}");
            foreach (var term in actor.Terms)
                terminal.Out.WriteLine($"  {term.Office}, {Day(term.From)} to {Day(term.To)}");
        }
        foreach (var (code, how) in new[] { (lexicon.CountryOfDemonym(plain), "a word for the people and things of"), (lexicon.CountryOfSeat(plain), "a name for the government of") })
        {
            if (code is null)
                continue;
            found = true;
            terminal.Out.WriteLine($"{name}: {how} {lexicon.Actors[code].Name} ({code})");
        }
        if (lexicon.AgentOf(name.ToLowerInvariant()) is { } agent)
        {
            found = true;
            terminal.Out.WriteLine($"{agent.Words}: {string.Join(", ", new[] { agent.Kind.ToString().ToLowerInvariant(), string.Join(' ', agent.Sectors), agent.Office }.Where(w => !string.IsNullOrEmpty(w)))}");
        }
        if (found)
            return 0;
        terminal.Error.WriteLine($"CH0301 {name}: not in the lexicon; add a line to a table of your own and give its folder with --lexicon.");
        return 1;
    }

    private static string Day(DateOnly day) => day == DateOnly.MaxValue ? "today" : day == DateOnly.MinValue ? "?" : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<(string File, string Text)> Tables(string? folder)
    {
        if (folder is null)
            yield break;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; --lexicon takes a folder with tables such as people.tsv.");
        foreach (var file in Directory.EnumerateFiles(folder, "*.tsv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            yield return (file, File.ReadAllText(file));
    }
}

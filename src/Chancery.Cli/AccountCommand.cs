using System.CommandLine;
using System.Text;
using Chancery.Cli.Archives;
using Chancery.Web.Security;

namespace Chancery.Cli;

/// <summary>The command <c>chancery account</c>: who may ask a server that others can reach.</summary>
internal static class AccountCommand
{
    public static Command Make(Terminal terminal, TimeProvider clock) => new("account", "Who may sign in to a server that others can reach, and which programs may ask it.")
    {
        Add(terminal), Remove(terminal), List(terminal), Key(terminal, clock), Revoke(terminal),
    };

    private static Option<Role> RoleOption() => new("--role") { Description = "reader (looks), analyst (adds and corrects) or admin (sees accounts, revokes keys).", DefaultValueFactory = _ => Role.Reader, HelpName = "ROLE" };

    private static Command Add(Terminal terminal)
    {
        var (options, name, role) = (new ArchiveOptions(), new Argument<string>("NAME") { Description = "By which he signs in." }, RoleOption());
        var command = new Command("add", "Make an account, or give one another password and role; the password is asked for, or read from standard input.") { name, role };
        return With(command, options, async (parsed, accounts, cancellation) =>
        {
            accounts.Set(parsed.GetValue(name)!, parsed.GetValue(role), await PasswordAsync(terminal, cancellation).ConfigureAwait(false));
            await terminal.Out.WriteLineAsync($"{parsed.GetValue(name)} may sign in as {parsed.GetValue(role).ToString().ToLowerInvariant()}. {accounts.Path}").ConfigureAwait(false);
            return 0;
        }, terminal);
    }

    private static Command Remove(Terminal terminal)
    {
        var (options, name) = (new ArchiveOptions(), new Argument<string>("NAME") { Description = "Whose." });
        return With(new Command("remove", "Take an account away; it counts at once.") { name }, options, async (parsed, accounts, _) =>
        {
            if (accounts.Remove(parsed.GetValue(name)!))
                return 0;
            await terminal.Error.WriteLineAsync($"CH0555 {parsed.GetValue(name)}: no such account; see them with: chancery account list").ConfigureAwait(false);
            return 1;
        }, terminal);
    }

    private static Command List(Terminal terminal) => With(new Command("list", "Who has an account, and which keys there are."), new(), async (_, accounts, _) =>
    {
        foreach (var account in accounts.All)
            await terminal.Out.WriteLineAsync($"{account.Name}  {account.Role.ToString().ToLowerInvariant()}").ConfigureAwait(false);
        foreach (var key in accounts.Keys)
            await terminal.Out.WriteLineAsync($"key {key.Id}  {key.Name}  {key.Role.ToString().ToLowerInvariant()}  {key.Made}").ConfigureAwait(false);
        if (accounts.All.Count + accounts.Keys.Count == 0)
            await terminal.Out.WriteLineAsync("None. Make one with: chancery account add NAME").ConfigureAwait(false);
        return 0;
    }, terminal);

    private static Command Key(Terminal terminal, TimeProvider clock)
    {
        var (options, name, role) = (new ArchiveOptions(), new Argument<string>("NAME") { Description = "What it is for." }, RoleOption());
        return With(new Command("key", "Make a key for a program. It is shown once and kept nowhere.") { name, role }, options, async (parsed, accounts, _) =>
        {
            await terminal.Out.WriteLineAsync(accounts.MakeKey(parsed.GetValue(name)!, parsed.GetValue(role), clock.GetUtcNow())).ConfigureAwait(false);
            return 0;
        }, terminal);
    }

    private static Command Revoke(Terminal terminal)
    {
        var (options, id) = (new ArchiveOptions(), new Argument<string>("KEY") { Description = "Its number, as chancery account list prints it." });
        return With(new Command("revoke", "Make a key worthless; it counts at once.") { id }, options, async (parsed, accounts, _) =>
        {
            if (accounts.Revoke(parsed.GetValue(id)!))
                return 0;
            await terminal.Error.WriteLineAsync($"CH0555 {parsed.GetValue(id)}: no such key; see them with: chancery account list").ConfigureAwait(false);
            return 1;
        }, terminal);
    }

    private static Command With(Command command, ArchiveOptions options, Func<ParseResult, Accounts, CancellationToken, Task<int>> run, Terminal terminal)
    {
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                if (!Archive.Archive.IsOnServer(options.Path(parsed)))
                    return await run(parsed, Accounts.OfFile(options.Path(parsed)), cancellation).ConfigureAwait(false);
                using var archive = options.Open(parsed, create: true);
                return await run(parsed, Accounts.Of(archive), cancellation).ConfigureAwait(false);
            }
            catch (ArgumentException e)
            {
                await terminal.Error.WriteLineAsync($"CH0554 {e.Message}").ConfigureAwait(false);
                return 1;
            }
        });
        return command;
    }

    /// <summary>Never from the command line, where others could see it.</summary>
    private static async Task<string> PasswordAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || terminal.In is MemoryStream)
        {
            using var from = new StreamReader(terminal.In, Encoding.UTF8, leaveOpen: true);
            return await from.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "";
        }
        await terminal.Error.WriteAsync("Password: ").ConfigureAwait(false);
        await terminal.Error.FlushAsync(cancellationToken).ConfigureAwait(false);
        var password = new StringBuilder();
        for (ConsoleKeyInfo key; (key = Console.ReadKey(intercept: true)).Key != ConsoleKey.Enter;)
        {
            if (key.Key == ConsoleKey.Backspace && password.Length > 0)
                password.Length--;
            else if (!char.IsControl(key.KeyChar))
                password.Append(key.KeyChar);
        }
        await terminal.Error.WriteLineAsync().ConfigureAwait(false);
        return password.ToString();
    }
}

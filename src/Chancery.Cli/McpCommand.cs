using System.CommandLine;
using Chancery.Cli.Archives;
using Chancery.Web.Mcp;

namespace Chancery.Cli;

/// <summary>The command <c>chancery mcp</c>: the archive to an assistant that starts this program.</summary>
internal static class McpCommand
{
    public static Command Make(Terminal terminal)
    {
        var options = new ArchiveOptions();
        var pages = new Option<string?>("--pages") { Description = "Where chancery serve shows the archive, as http://127.0.0.1:8740, so that the addresses of documents can be opened.", HelpName = "ADDRESS" };
        pages.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                result.AddError($"--pages {address}: not an address; write it as http://127.0.0.1:8740.");
        });
        var command = new Command("mcp", "Answer an assistant by the Model Context Protocol on standard input and output: look-ups with quotes and the addresses of their documents; nothing can be changed.") { pages };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var archive = options.Open(parsed);
            await ArchiveMcp.ServeAsync(archive, terminal.In, terminal.Bytes ?? throw new InvalidOperationException("standard output takes no bytes"), parsed.GetValue(pages) is { } address ? new(address) : null, cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}

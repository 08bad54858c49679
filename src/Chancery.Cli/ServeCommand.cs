using System.CommandLine;
using System.Net;
using Chancery.Cli.Archives;
using Chancery.Models;
using Chancery.Web;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Microsoft.Extensions.Hosting;

namespace Chancery.Cli;

/// <summary>The command <c>chancery serve</c>: the archive as pages and as an HTTP API.</summary>
internal static class ServeCommand
{
    public static Command Make(Terminal terminal, CommandLine.ModelSource models, TimeProvider clock)
    {
        var options = new ArchiveOptions();
        var listen = new Option<string>("--listen") { Description = "Address and port; only this machine can ask unless another address is given.", DefaultValueFactory = _ => $"127.0.0.1:{ServeOptions.DefaultPort}", HelpName = "ADDRESS:PORT" };
        var host = new Option<string[]>("--host") { Description = "A name by which it may be asked, such as chancery.example.org.", HelpName = "NAME" };
        var addresses = CommandLine.AllowPrivate();
        var accounts = new Option<bool>("--accounts") { Description = "Ask for an account also on this machine, as behind a proxy; another address always does." };
        var certificate = new Option<string?>("--certificate") { Description = "A certificate for https, PEM; with its key after --key.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "The certificate's key, PEM.", HelpName = "FILE" };
        var threads = CommandLine.ThreadsOption();
        var model = new Option<string?>("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        listen.Validators.Add(result =>
        {
            if (!IPEndPoint.TryParse(result.GetValueOrDefault<string>() ?? "", out var at) || (at.Port == 0 && !result.GetValueOrDefault<string>()!.EndsWith(":0", StringComparison.Ordinal)))
                result.AddError($"--listen {result.GetValueOrDefault<string>()}: give address and port, as 127.0.0.1:{ServeOptions.DefaultPort}.");
        });
        var command = new Command("serve", "Open the archive in a browser and to programs, until stopped with Ctrl-C.") { listen, host, accounts, certificate, key, addresses, threads, model };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var lexicon = options.Lexicon(parsed);
            using var archive = Archive.Archive.Open(options.Path(parsed), lexicon.Value);
            var reading = new ReadingParts(new(() => models(parsed.GetValue(model), 1)), new(() => EventModel.Load(parsed.GetValue(model))), lexicon);
            var tls = parsed.GetValue(certificate) is { } file ? (file, parsed.GetValue(key) ?? file) : ((string, string)?)null;
            var serve = new ServeOptions { Accounts = parsed.GetValue(accounts), Tls = tls, Listen = IPEndPoint.Parse(parsed.GetValue(listen)!), Hosts = parsed.GetValue(host) ?? [], AllowPrivate = parsed.GetValue(addresses), Threads = parsed.GetValue(threads) };
            var who = Accounts.Of(archive);
            if (!serve.IsOpen && who.All.Count == 0)
            {
                await terminal.Error.WriteLineAsync($"CH0511 {serve.Listen}: others can reach this address, and nobody has an account yet; make one with: chancery account add NAME --role admin").ConfigureAwait(false);
                return 1;
            }
            if (!serve.IsLocal && tls is null)
                await terminal.Error.WriteLineAsync("Passwords travel unencrypted: give a certificate with --certificate, or put a proxy that speaks https before this server.").ConfigureAwait(false);
            await using var server = ChanceryServer.Create(archive, reading, serve, who, clock);
            try
            {
                await server.StartAsync(cancellation).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                await terminal.Error.WriteLineAsync($"CH0510 {serve.Listen}: cannot listen there ({e.Message}); is another server running? Give another with --listen.").ConfigureAwait(false);
                return 1;
            }
            await terminal.Out.WriteLineAsync($"{archive.Path} at {string.Join(", ", server.Urls)} – Ctrl-C ends it.").ConfigureAwait(false);
            await terminal.Out.FlushAsync(cancellation).ConfigureAwait(false);
            // Ends with Ctrl-C, and with SIGTERM, as services are ended.
            await server.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}

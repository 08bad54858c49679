using System.Text;
using Chancery.Cli;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The second time, the person means it.
    pressed.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
// What service managers send: the same as Ctrl-C, so that what is in work is finished.
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
});
Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { AutoFlush = false });
var code = await CommandLine.RunAsync(args, Terminal.OfProcess(), cancellationToken: cancellation.Token);
try
{
    await Console.Out.FlushAsync();
}
catch (IOException)
{
    // Whoever read our output has gone, and there is nobody left to tell.
}
return code;

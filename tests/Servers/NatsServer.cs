using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Chancery.Tests.Servers;

/// <summary>A NATS server of the tests' own with JetStream in a folder, on loopback, from Debian's package.</summary>
public sealed class NatsServer : IDisposable
{
    /// <summary>Why tests skip where there is no server to be had.</summary>
    public const string Missing = "needs nats-server: apt-get install nats-server";

    private readonly string _folder;
    private readonly string[] _more;
    private readonly bool _small;
    private Process? _process;

    private NatsServer(string folder, int port, bool small, string[] more) => (_folder, Port, _small, _more) = (folder, port, small, more);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How it is reached.</summary>
    public string Address => $"nats://127.0.0.1:{Port}";

    /// <summary>Where messages are kept.</summary>
    public string Store => Path.Combine(_folder, "store");

    /// <summary>Whether messages are on a disk of their own, which can be filled.</summary>
    public bool HasOwnDisk { get; private set; }

    private static string? Program => new[] { "/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server" }.FirstOrDefault(File.Exists);

    /// <summary>Starts one.</summary>
    /// <param name="small">Whether it gets a small disk of its own, where that may be mounted.</param>
    /// <param name="more">More of the server's options, such as <c>--user</c>.</param>
    /// <returns>Null where it is not installed.</returns>
    public static NatsServer? Start(bool small = false, params string[] more)
    {
        if (Program is null)
            return null;
        var server = new NatsServer(Directory.CreateTempSubdirectory("chancery-nats-").FullName, FreePort(), small, more);
        Directory.CreateDirectory(server.Store);
        server.HasOwnDisk = small && Run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", server.Store);
        server.Up();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    /// <summary>Starts it again.</summary>
    public void Up()
    {
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", Program!, "-js", "-sd", Store, "-a", "127.0.0.1", "-p", $"{Port}", .. _more]))!;
        for (var i = 0; i < 400; i++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }
        throw new InvalidOperationException("nats-server does not listen.");
    }

    /// <summary>Kills it at once.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Fills its disk, or makes room again.</summary>
    public void Fill(bool full)
    {
        var ballast = Path.Combine(Store, "ballast");
        if (full)
            Run("dd", "if=/dev/zero", $"of={ballast}", "bs=1M", "count=4096");
        else
            File.Delete(ballast);
    }

    public void Dispose()
    {
        if (!Directory.Exists(_folder))
            return;
        Kill();
        if (HasOwnDisk)
            Run("umount", "-l", Store);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // It is temporary.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Chancery.Tests.Servers;

/// <summary>A PostgreSQL server of the tests' own, on loopback, from Debian's package; PostgreSQL runs for no root, so another user runs it.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>Why tests skip where there is no server to be had.</summary>
    public const string Missing = "needs PostgreSQL's programs: apt-get install postgresql";

    private const string User = "chancery", Password = "lighthouse";

    private static readonly Lazy<PostgresServer?> One = new(Start);

    private readonly string _folder;
    private readonly bool _synced;

    private PostgresServer(string folder, int port, bool synced) => (_folder, Port, _synced) = (folder, port, synced);

    /// <summary>The one that the tests of a process share; null where PostgreSQL is not installed.</summary>
    public static PostgresServer? Shared => One.Value;

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
        : null;

    /// <summary>Starts one.</summary>
    /// <param name="synced">Whether what is committed outlives a crash; without it tests are quicker.</param>
    /// <param name="port">Where it listens; 0 for a port that is free.</param>
    /// <returns>Null where PostgreSQL is not installed.</returns>
    public static PostgresServer? Start(bool synced, int port = 0)
    {
        if (Programs is null)
            return null;
        var folder = Directory.CreateTempSubdirectory("chancery-postgres-").FullName;
        File.WriteAllText(Path.Combine(folder, "password"), Password);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", "postgres", folder);
        var server = new PostgresServer(folder, port == 0 ? FreePort() : port, synced);
        Own("initdb", "-D", server.Data, "-U", User, "-A", "scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        server.Up();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    /// <summary>How a database of it is reached.</summary>
    public string Address(string database = "postgres", string? schema = null, string? password = null, int? port = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = port ?? Port, Username = User, Password = password ?? Password, Database = database, SearchPath = schema,
    }.ToString();

    /// <summary>Runs a command on a database.</summary>
    public void Sql(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(Address(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        command.ExecuteNonQuery();
    }

    /// <summary>Starts it again.</summary>
    public void Up() => Own("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o",
        $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c max_locks_per_transaction=256 -c shared_buffers=128MB {(_synced ? "-c max_wal_size=4GB" : "-c fsync=off -c full_page_writes=off -c synchronous_commit=off")} {Environment.GetEnvironmentVariable("CHANCERY_POSTGRES_OPTIONS")}", "start");

    /// <summary>Kills it at once, with all that serve it, as when the power fails.</summary>
    public void Kill()
    {
        var main = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First().Trim();
        // Stopped first, so that it starts none anew while its own are killed.
        Run("kill", "-STOP", main);
        Run("kill", ["-KILL", .. Processes().Where(p => p.Parent == main).Select(p => p.Id), main]);
        for (var i = 0; i < 200 && Directory.Exists($"/proc/{main}"); i++)
            Thread.Sleep(25);
    }

    public void Dispose()
    {
        if (!Directory.Exists(_folder))
            return;
        try
        {
            // A process that ends must not take long for it.
            Kill();
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It was killed before, or is writing its last; what it leaves is temporary.
        }
    }

    private static PostgresServer? Start() => Start(synced: false);

    private string Data => Path.Combine(_folder, "data");

    private static void Own(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static IEnumerable<(string Id, string Parent)> Processes()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string[] parts;
            try
            {
                parts = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
            }
            catch (IOException)
            {
                continue;
            }
            yield return (Path.GetFileName(folder), parts[1]);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // Not redirected: what a server that goes on holds open would never end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

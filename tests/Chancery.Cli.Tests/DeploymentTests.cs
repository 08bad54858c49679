using System.Reflection;
using System.Text.RegularExpressions;
using Chancery.TestSupport;
using Chancery.Workers;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Chancery.Cli.Tests;

/// <summary>What deploy/ says of the command is so, and everything that it names is there.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Folder = Repository.File("deploy");
    private static readonly YamlMappingNode Compose = Documents(Path.Combine(Folder, "compose.yaml")).Single();
    private static readonly List<YamlMappingNode> Manifests = [.. Directory.GetFiles(Path.Combine(Folder, "kubernetes"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Documents)];

    /// <summary>Every way in which the command is started there.</summary>
    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, service) in Services())
            {
                if (service.Children.ContainsKey("build"))
                    data.Add($"compose.yaml {name}", string.Join('\n', Texts(service, "command")));
            }
            foreach (var (kind, pod, _) in Pods())
            {
                foreach (var container in Ours(pod))
                    data.Add($"kubernetes {kind}", string.Join('\n', Texts(container, "args")));
            }
            foreach (var unit in Directory.GetFiles(Path.Combine(Folder, "systemd")))
                data.Add(Path.GetFileName(unit), string.Join('\n', Setting(unit, "ExecStart").Split(' ')[1..]));
            return data;
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void It_takes_these_arguments(string where, string arguments)
    {
        using var session = new Session();
        var parsed = CommandLine.Root(new(Stream.Null, session.Output, session.Error), session.Models, TimeProvider.System).Parse(arguments.Split('\n'));
        Assert.True(parsed.Errors.Count == 0, $"{where}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
        Assert.Contains(parsed.CommandResult.Command.Name, (string[])["serve", "worker"]);
    }

    [Fact]
    public void Every_variable_is_one_that_it_reads()
    {
        var known = Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories).SelectMany(f => Variables().Matches(File.ReadAllText(f))).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).SelectMany(f => Variables().Matches(File.ReadAllText(f)), (f, m) => (Path.GetFileName(f), m.Value)).ToList();
        Assert.NotEmpty(named);
        // These are names of streams, which another test knows.
        Assert.DoesNotContain(named, n => n.Value is not "CHANCERY_DOCUMENTS" && !known.Contains(n.Value));
        foreach (var (name, service) in Services().Where(s => s.Service.Children.ContainsKey("build")))
            Assert.True(Node(service, "environment") is YamlMappingNode variables && variables.Children.ContainsKey("CHANCERY_ARCHIVE"), name);
    }

    [Fact]
    public void Ours_run_as_nobody_in_particular_on_a_root_that_is_not_written()
    {
        Assert.Matches(@"(?m)^USER (?!0\b|root\b)\d+:\d+$", File.ReadAllText(Path.Combine(Folder, "Dockerfile")));
        foreach (var (name, service) in Services().Where(s => s.Service.Children.ContainsKey("build")))
        {
            Assert.True(Text(service, "read_only") == "true" && Texts(service, "tmpfs").Contains("/tmp"), name);
            Assert.False(service.Children.ContainsKey("user") || service.Children.ContainsKey("privileged"), name);
        }
        foreach (var (kind, pod, _) in Pods())
        {
            var all = Map(pod, "securityContext");
            Assert.True(Text(all, "runAsNonRoot") == "true" && int.Parse(Text(all, "runAsUser")!) > 0, kind);
            foreach (var container in Containers(pod))
            {
                var own = Map(container, "securityContext");
                Assert.True(Text(own, "readOnlyRootFilesystem") == "true" && Text(own, "allowPrivilegeEscalation") == "false", kind);
                Assert.Equal(["ALL"], Texts(Map(own, "capabilities"), "drop"));
            }
        }
        foreach (var unit in Directory.GetFiles(Path.Combine(Folder, "systemd")))
            Assert.Equal(("yes", "strict", "yes"), (Setting(unit, "DynamicUser"), Setting(unit, "ProtectSystem"), Setting(unit, "NoNewPrivileges")));
    }

    [Fact]
    public void Ports_and_names_agree()
    {
        foreach (var (name, service) in Services())
        {
            foreach (var port in Texts(service, "ports"))
                Assert.True(port.StartsWith("127.0.0.1:", StringComparison.Ordinal) && Texts(service, "command").Contains($"0.0.0.0:{port.Split(':')[^1]}"), $"{name} {port}");
            Assert.All(DependsOn(service), d => Assert.Contains(d, Services().Select(s => s.Name)));
            Assert.All(Texts(service, "secrets"), s => Assert.True(Map(Compose, "secrets").Children.ContainsKey(s), s));
            Assert.All(Texts(service, "volumes"), v => Assert.True(Map(Compose, "volumes").Children.ContainsKey(v.Split(':')[0]), v));
            foreach (var address in Addresses().Matches(Text(Map(service, "environment"), "CHANCERY_QUEUE") ?? "").Select(m => m.Groups[1].Value))
                Assert.Contains(address, Services().Select(s => s.Name));
            foreach (var host in Hosts().Matches(Text(Map(service, "environment"), "CHANCERY_ARCHIVE") ?? "").Select(m => m.Groups[1].Value))
                Assert.Contains(host, Services().Select(s => s.Name));
        }
        var services = Manifests.Where(m => Text(m, "kind") == "Service").ToDictionary(m => Text(Map(m, "metadata"), "name")!);
        foreach (var (kind, pod, template) in Pods().Select(p => (p.Kind, p.Pod, Map(Map(p.Manifest, "spec"), "template"))))
        {
            var labels = Text(Map(Map(template, "metadata"), "labels"), "app");
            var args = string.Join(' ', Containers(pod).SelectMany(c => Texts(c, "args")));
            // A service leads to pods that listen on its port.
            foreach (var service in services.Values.Where(s => Text(Map(Map(s, "spec"), "selector"), "app") == labels))
            {
                foreach (var port in Nodes(Map(service, "spec"), "ports").Cast<YamlMappingNode>().Select(p => Text(p, "targetPort") ?? Text(p, "port")!))
                    Assert.True(port is "5432" or "4222" || args.Contains(port, StringComparison.Ordinal), $"{kind}: nothing listens on {port}");
            }
            foreach (var address in Addresses().Matches(args).Select(m => m.Groups[1].Value).Where(a => a != "0.0.0.0"))
                Assert.Contains(address.Split('.')[^1], services.Keys);
            foreach (var variable in Containers(pod).SelectMany(c => Nodes(c, "env")).Cast<YamlMappingNode>())
                Assert.All(Hosts().Matches(Text(variable, "value") ?? "").Select(m => m.Groups[1].Value), h => Assert.Contains(h, services.Keys));
            var kept = Nodes(pod, "volumes").Cast<YamlMappingNode>().Select(v => Text(v, "name")).Concat(Nodes(Map(Manifest(kind), "spec"), "volumeClaimTemplates").Cast<YamlMappingNode>().Select(c => Text(Map(c, "metadata"), "name"))).ToList();
            foreach (var mount in Containers(pod).SelectMany(c => Nodes(c, "volumeMounts")).Cast<YamlMappingNode>())
                Assert.Contains(Text(mount, "name"), kept);
        }
        Assert.All(Manifests, m => Assert.Equal("chancery", Text(Map(m, "metadata"), "namespace")));
    }

    [Fact]
    public void Images_are_of_this_version_and_workers_are_given_time_to_finish()
    {
        var version = VersionOf().Match(File.ReadAllText(Repository.File("Directory.Build.props"))).Groups[1].Value;
        Assert.NotEmpty(Pods().SelectMany(p => Ours(p.Pod)));
        Assert.All(Pods().SelectMany(p => Ours(p.Pod)), c => Assert.Equal($"chancery:{version}", Text(c, "image")));
        var grace = new WorkerOptions().Grace.TotalSeconds;
        Assert.True(int.Parse(Text(Pods().Single(p => p.Kind == "Deployment chancery-worker").Pod, "terminationGracePeriodSeconds")!) > grace);
        Assert.True(int.Parse(Text(Services().Single(s => s.Name == "worker").Service, "stop_grace_period")!.TrimEnd('s')) > grace);
        Assert.True(int.Parse(Setting(Path.Combine(Folder, "systemd", "chancery-worker@.service"), "TimeoutStopSec")) > grace);
    }

    [Fact]
    public void Workers_are_counted_by_the_queue_that_they_read()
    {
        var scaled = Manifests.Single(m => Text(m, "kind") == "ScaledObject");
        Assert.Contains($"Deployment {Text(Map(Map(scaled, "spec"), "scaleTargetRef"), "name")}", Pods().Select(p => p.Kind));
        var trigger = Map((YamlMappingNode)Nodes(Map(scaled, "spec"), "triggers").Single(), "metadata");
        Assert.Equal((Constant("Documents"), Constant("Consumer")), (Text(trigger, "stream"), Text(trigger, "consumer")));
    }

    private static string? Constant(string name) => (string?)typeof(QueueServer).GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue();

    private static IEnumerable<YamlMappingNode> Documents(string file)
    {
        using var text = File.OpenText(file);
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(d => (YamlMappingNode)d.RootNode)];
    }

    private static IEnumerable<(string Name, YamlMappingNode Service)> Services() => Map(Compose, "services").Children.Select(s => (s.Key.ToString(), (YamlMappingNode)s.Value));

    private static IEnumerable<(string Kind, YamlMappingNode Pod, YamlMappingNode Manifest)> Pods() => Manifests.Where(m => Map(m, "spec").Children.ContainsKey("template"))
        .Select(m => ($"{Text(m, "kind")} {Text(Map(m, "metadata"), "name")}", Map(Map(Map(m, "spec"), "template"), "spec"), m));

    private static YamlMappingNode Manifest(string kind) => Pods().Single(p => p.Kind == kind).Manifest;

    private static IEnumerable<YamlMappingNode> Containers(YamlMappingNode pod) => Nodes(pod, "containers").Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> Ours(YamlMappingNode pod) => Containers(pod).Where(c => Text(c, "image")!.StartsWith("chancery", StringComparison.Ordinal));

    private static IEnumerable<string> DependsOn(YamlMappingNode service) => Map(service, "depends_on").Children.Keys.Select(k => k.ToString());

    private static YamlNode? Node(YamlMappingNode of, string name) => of.Children.TryGetValue(name, out var node) ? node : null;

    private static YamlMappingNode Map(YamlMappingNode of, string name) => Node(of, name) as YamlMappingNode ?? [];

    private static IEnumerable<YamlNode> Nodes(YamlMappingNode of, string name) => Node(of, name) as YamlSequenceNode ?? [];

    private static List<string> Texts(YamlMappingNode of, string name) => [.. Nodes(of, name).Select(n => n.ToString())];

    private static string? Text(YamlMappingNode of, string name) => (Node(of, name) as YamlScalarNode)?.Value;

    private static string Setting(string unit, string name) => File.ReadLines(unit).Single(l => l.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    [GeneratedRegex(@"\bCHANCERY_[A-Z_]+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"nats://([a-z0-9.-]+):\d+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"Host=([a-z0-9.-]+)")]
    private static partial Regex Hosts();

    [GeneratedRegex("<Version>([0-9.]+)</Version>")]
    private static partial Regex VersionOf();
}

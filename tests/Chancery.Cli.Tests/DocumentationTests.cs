using System.Text.RegularExpressions;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Cli.Tests;

/// <summary>What the command can do and say is in docs/command.md.</summary>
public partial class DocumentationTests
{
    private static readonly string Manual = File.ReadAllText(Repository.File("docs", "command.md"));

    [Theory]
    [InlineData("read")]
    [InlineData("view")]
    [InlineData("parse")]
    [InlineData("add")]
    [InlineData("watch")]
    [InlineData("timeline")]
    [InlineData("diary")]
    [InlineData("relations")]
    [InlineData("documents")]
    [InlineData("search")]
    [InlineData("brief")]
    [InlineData("serve")]
    [InlineData("mcp")]
    [InlineData("account", "add")]
    [InlineData("export")]
    [InlineData("correct", "edit")]
    [InlineData("correct", "actor")]
    [InlineData("archive", "reread")]
    [InlineData("enqueue")]
    [InlineData("worker")]
    [InlineData("queue", "retry")]
    public async Task Every_option_is_explained(params string[] command)
    {
        using var session = new Session();
        await session.RunAsync([.. command, "--help"]);
        var options = Options().Matches(session.Output.ToString()).Select(m => m.Value).Distinct().Except(["--help"]).ToList();
        Assert.NotEmpty(options);
        Assert.All(options, o => Assert.Contains($"`{o}", Manual, StringComparison.Ordinal));
        Assert.Contains($"`chancery {command[0]}", Manual, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_explained()
    {
        var codes = Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Codes().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, c => Assert.Contains($"`{c}`", Manual, StringComparison.Ordinal));
    }

    [GeneratedRegex("--[a-z]+")]
    private static partial Regex Options();

    [GeneratedRegex("\"(CH[0-9]{4})\"")]
    private static partial Regex Codes();
}

using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Addresses and names of files that want to leave the places that are meant for them.</summary>
public class PathTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/assets/../../../../../../etc/passwd")]
    [InlineData("/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/..%5c..%5c..%5cetc%5cpasswd")]
    [InlineData("/assets/%252e%252e/%252e%252e/etc/passwd")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/assets/vendor/..%00/etc/passwd")]
    [InlineData("/assets/....//....//etc/passwd")]
    [InlineData("/../../etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/%2e%2e%2f%2e%2e%2fetc/passwd")]
    [InlineData("/timeline./../../etc/passwd")]
    [InlineData("/timeline.%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("/api/v1/documents/..%2f..%2f..%2fetc%2fpasswd/text")]
    [InlineData("/api/v1/documents/%2fetc%2fpasswd/text")]
    [InlineData("/api/v1/jobs/..%2f..%2fetc%2fpasswd")]
    [InlineData("/documents/..%2f..%2fetc%2fpasswd")]
    [InlineData("/archive.db")]
    [InlineData("/archive.accounts.json")]
    [InlineData("/assets/../archive.accounts.json")]
    [InlineData("http://127.0.0.1/assets/../../etc/passwd")]
    public async Task No_address_names_a_file(string path)
    {
        await using var server = await SampleServer.StartAsync(records: [SampleServer.Records[0]]);
        server.Accounts.Set("ann", Security.Role.Reader, Person.Password);
        // By hand, since clients tidy addresses up.
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Stop);
        Assert.Matches("^HTTP/1.1 (400|404)", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Password\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../tmp/chancery-escaped.txt")]
    [InlineData("..\\..\\chancery-escaped.txt")]
    [InlineData("/tmp/chancery-escaped.txt")]
    [InlineData("C:\\chancery-escaped.txt")]
    [InlineData("chancery-escaped.txt\0.pdf")]
    [InlineData("..")]
    public async Task No_name_of_a_file_is_more_than_a_name(string name)
    {
        await using var server = await SampleServer.StartAsync(records: []);
        var folder = Path.GetDirectoryName(server.Archive.Path)!;
        var before = Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal).ToList();
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent("Spain recalled its envoy from Lisbon on Friday, and Portugal protested."u8.ToArray());
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"");
        form.Add(file);
        using var answer = await server.Http.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, Stop);
        if (answer.IsSuccessStatusCode)
        {
            await ApiTests.FinishedAsync(server.Client, await server.Client.GetJobAsync(answer.Headers.Location!.ToString().Split('/')[^1], Stop));
            Assert.All((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries, d => Assert.DoesNotContain("..", d.Key, StringComparison.Ordinal));
        }
        Assert.Equal(before, Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal));
        Assert.False(File.Exists("/tmp/chancery-escaped.txt"));
    }
}

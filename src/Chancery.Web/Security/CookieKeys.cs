using System.Xml.Linq;
using Chancery.Archive;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chancery.Web.Security;

/// <summary>Where the keys of cookies are kept: beside an archive that is a file, or in its database, so that who signed in at one server is known to all.</summary>
internal static class CookieKeys
{
    public static void AddCookieKeys(this IServiceCollection services, Archive.Archive archive)
    {
        var protection = services.AddDataProtection().SetApplicationName("chancery");
        if (archive.Notes is { } notes)
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new InNotes(notes)));
        else
            protection.PersistKeysToFileSystem(Beside(archive.Path));
    }

    private static DirectoryInfo Beside(string archive)
    {
        var folder = Path.ChangeExtension(archive, ".keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed class InNotes(ServerNotes notes) : IXmlRepository
    {
        private const string Name = "cookie keys";

        public IReadOnlyCollection<XElement> GetAllElements() => notes.Find(Name) is { } kept ? [.. XElement.Parse(kept).Elements()] : [];

        public void StoreElement(XElement element, string friendlyName) =>
            notes.Change(Name, kept => new XElement("keys", kept is null ? null : XElement.Parse(kept).Elements(), element).ToString(SaveOptions.DisableFormatting));
    }
}

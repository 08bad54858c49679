using System.Text.Json;
using System.Text.Json.Serialization;
using Chancery.Archive;

namespace Chancery.Web.Security;

/// <summary>Where accounts and keys are written down.</summary>
internal abstract class AccountBook
{
    /// <summary>As people are told it.</summary>
    public abstract string Path { get; }

    /// <summary>What is in it now.</summary>
    public abstract Pages Load();

    /// <summary>Changes it; whoever else changes it at the same moment loses nothing.</summary>
    public abstract void Change(Func<Pages, Pages> change);

    protected Pages Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AccountJson.Default.Pages) ?? Pages.Empty;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Path}: damaged ({e.Message}); mend it, or remove it and make the accounts anew with: chancery account add NAME");
        }
    }

    internal sealed record Pages(IReadOnlyList<Account> Accounts, IReadOnlyList<ApiKey> Keys)
    {
        public static Pages Empty { get; } = new([], []);
    }
}

/// <summary>In a file that only its owner may read.</summary>
internal sealed class AccountFile(string path) : AccountBook
{
    private readonly Lock _changing = new();
    private (DateTime Written, long Length, Pages Pages)? _known;

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override Pages Load()
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
            return Pages.Empty;
        lock (_changing)
        {
            if (_known is not { } known || known.Written != file.LastWriteTimeUtc || known.Length != file.Length)
                _known = known = (file.LastWriteTimeUtc, file.Length, Read(File.ReadAllText(Path)));
            return known.Pages;
        }
    }

    /// <inheritdoc/>
    public override void Change(Func<Pages, Pages> change)
    {
        lock (_changing)
        {
            var pages = change(File.Exists(Path) ? Read(File.ReadAllText(Path)) : Pages.Empty);
            var fresh = Path + ".new";
            var owner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var to = new FileStream(fresh, owner))
                JsonSerializer.Serialize(to, pages, AccountJson.Default.Pages);
            File.Move(fresh, Path, overwrite: true);
            _known = null;
        }
    }
}

/// <summary>In the archive's database, where several servers have them in common.</summary>
internal sealed class AccountNote(ServerNotes notes) : AccountBook
{
    private const string Name = "accounts";

    // Asked at every request; the answer is nearly always the same text.
    private (string Text, Pages Pages)? _known;

    /// <inheritdoc/>
    public override string Path => notes.Path;

    /// <inheritdoc/>
    public override Pages Load()
    {
        if (notes.Find(Name) is not { } text)
            return Pages.Empty;
        if (_known is not { } known || known.Text != text)
            _known = known = (text, Read(text));
        return known.Pages;
    }

    /// <inheritdoc/>
    public override void Change(Func<Pages, Pages> change) =>
        notes.Change(Name, text => JsonSerializer.Serialize(change(text is null ? Pages.Empty : Read(text)), AccountJson.Default.Pages));
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountBook.Pages))]
internal sealed partial class AccountJson : JsonSerializerContext;

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Chancery.Web.Security;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What he may do.</param>
/// <param name="Password">The password's hash (PBKDF2, HMAC-SHA-512, salted).</param>
public sealed record Account(string Name, Role Role, string Password);

/// <summary>A key with which a program asks.</summary>
/// <param name="Id">Its number, which is no secret.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What the program may do.</param>
/// <param name="Hash">SHA-256 of the key. It is random and long, so that no slower hash is needed.</param>
/// <param name="Made">When it was made, ISO 8601, UTC.</param>
public sealed record ApiKey(string Id, string Name, Role Role, string Hash, string Made);

/// <summary>
/// Who may ask a server that others can reach: a file beside the archive that only its owner may read, or with an archive in PostgreSQL a
/// table there, which all servers over it share. It holds hashes, never passwords or keys. Changes show in running servers at once.
/// </summary>
public sealed class Accounts
{
    /// <summary>Characters that a password has at least (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 12;

    private const int LongestPassword = 1000, LongestName = 60, KeyBytes = 32, IdBytes = 5;
    private const string KeyPrefix = "chancery_";

    private static readonly PasswordHasher<string> Hasher = new();

    // To be checked against where there is nobody of a name, so that the time taken does not tell.
    private static readonly string Nobody = Hasher.HashPassword("", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    private readonly AccountBook _book;

    private Accounts(AccountBook book) => _book = book;

    /// <summary>Accounts in a file.</summary>
    /// <param name="path">The file.</param>
    public Accounts(string path)
        : this(new AccountFile(path))
    {
    }

    /// <summary>The file, or the server's address.</summary>
    public string Path => _book.Path;

    /// <summary>The accounts of an archive, wherever they are kept.</summary>
    public static Accounts Of(Archive.Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Notes is { } notes ? new(new AccountNote(notes)) : OfFile(archive.Path);
    }

    /// <summary>The accounts of an archive that is a file.</summary>
    /// <param name="archivePath">The archive's file, which need not be there yet.</param>
    public static Accounts OfFile(string archivePath) => new(System.IO.Path.ChangeExtension(archivePath, ".accounts.json"));

    /// <summary>All who may sign in, by name.</summary>
    public IReadOnlyList<Account> All => _book.Load().Accounts;

    /// <summary>All keys, the oldest first.</summary>
    public IReadOnlyList<ApiKey> Keys => _book.Load().Keys;

    /// <summary>Makes an account, or gives one another password and role.</summary>
    /// <exception cref="ArgumentException">The name or the password cannot be; the message says why.</exception>
    public void Set(string name, Role role, string password)
    {
        if (Refusal(name) is { } refusal)
            throw new ArgumentException(refusal);
        if (password is null || password.Length < ShortestPassword)
            throw new ArgumentException($"A password has at least {ShortestPassword} characters.");
        if (password.Length > LongestPassword || password.Contains(name, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(password.Length > LongestPassword ? $"A password has at most {LongestPassword} characters." : "A password does not hold the name.");
        _book.Change(b => b with { Accounts = [.. b.Accounts.Where(a => a.Name != name).Append(new(name, role, Hasher.HashPassword(name, password))).OrderBy(a => a.Name, StringComparer.Ordinal)] });
    }

    /// <summary>Takes an account away.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        var there = All.Any(a => a.Name == name);
        _book.Change(b => b with { Accounts = [.. b.Accounts.Where(a => a.Name != name)] });
        return there;
    }

    /// <summary>Whose name and password these are; null where they are nobody's.</summary>
    public Account? SignIn(string name, string password)
    {
        var account = All.FirstOrDefault(a => a.Name == name);
        var right = Hasher.VerifyHashedPassword(name ?? "", account?.Password ?? Nobody, password is { Length: <= LongestPassword } ? password : "") != PasswordVerificationResult.Failed;
        return right ? account : null;
    }

    /// <summary>Makes a key.</summary>
    /// <returns>The key itself, which is kept nowhere and shown this once.</returns>
    /// <exception cref="ArgumentException">The name cannot be.</exception>
    public string MakeKey(string name, Role role, DateTimeOffset now)
    {
        if (Refusal(name) is { } refusal)
            throw new ArgumentException(refusal);
        var key = KeyPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var made = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _book.Change(b => b with { Keys = [.. b.Keys, new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), name, role, HashOf(key), made)] });
        return key;
    }

    /// <summary>Makes a key worthless.</summary>
    /// <returns>Whether there was one of that number.</returns>
    public bool Revoke(string id)
    {
        var there = Keys.Any(k => k.Id == id);
        _book.Change(b => b with { Keys = [.. b.Keys.Where(k => k.Id != id)] });
        return there;
    }

    /// <summary>What a key is for; null where there is no such key, or it was revoked.</summary>
    public ApiKey? Find(string key)
    {
        if (key is null || !key.StartsWith(KeyPrefix, StringComparison.Ordinal) || key.Length > 200)
            return null;
        var hash = Encoding.ASCII.GetBytes(HashOf(key));
        return Keys.FirstOrDefault(k => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(k.Hash), hash));
    }

    private static string? Refusal(string name) =>
        name is not { Length: > 0 and <= LongestName } || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_' or '@' or ' ')) || name.Trim() != name
            ? $"A name has up to {LongestName} letters, digits, dots, dashes and single blanks."
            : null;

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

namespace Chancery.Web.Security;

/// <summary>What somebody may do; each may also do what those before it may.</summary>
public enum Role
{
    /// <summary>Look at everything.</summary>
    Reader,

    /// <summary>Add reports, and confirm, edit and reject entries.</summary>
    Analyst,

    /// <summary>See who has an account, and revoke keys.</summary>
    Admin,
}

using System.Net;

namespace Chancery.Web.Api.Asking;

/// <summary>Why a request is not answered, in words that say what to do.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="code">The code under which <c>docs/command.md</c> explains it.</param>
/// <param name="message">What is wrong, and the mend.</param>
internal sealed class Refusal(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    public static Refusal Parameter(string message) => new(HttpStatusCode.BadRequest, "CH0540", message);

    public static Refusal Body(string message) => new(HttpStatusCode.BadRequest, "CH0542", message);

    public static Refusal Missing(string code, string message) => new(HttpStatusCode.NotFound, code, message);
}

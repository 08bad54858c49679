using Chancery.Web.Api.Shapes;

namespace Chancery.Web.Api.Adding;

/// <summary>What is to be read into the archive: a text, an address, or a file.</summary>
/// <param name="Text">A text.</param>
/// <param name="Url">The address of a page, which is fetched; null where a text or a file is given.</param>
/// <param name="File">The bytes of a file, with its name and what its sender says it is; null where a text or an address is given.</param>
/// <param name="Title">The headline, where it does not say.</param>
/// <param name="Published">When it was published, where it does not say.</param>
/// <param name="Publisher">Who published it, where it does not say.</param>
public sealed record ToAdd(string? Text, Uri? Url, (byte[] Bytes, string Name, string? MediaType)? File, string? Title, string? Published, string? Publisher);

/// <summary>Reports on their way into the archive.</summary>
public interface IAddJob
{
    /// <summary>Its name, which nobody guesses.</summary>
    string Id { get; }

    /// <summary>How far it is.</summary>
    JobShape Now { get; }

    /// <summary>Every step from the first, as they come; ends when the job does.</summary>
    IAsyncEnumerable<JobStep> StepsAsync(CancellationToken cancellationToken);
}

/// <summary>Reads reports into the archive behind the requests that bring them.</summary>
public interface IAddJobs
{
    /// <summary>Begins to add; null where too much waits already.</summary>
    IAddJob? Start(ToAdd what);

    /// <summary>A job by its name; null where there is none, or it is long over.</summary>
    IAddJob? Find(string id);
}

using System.Globalization;
using System.Text.RegularExpressions;
using Chancery.Archive;
using Chancery.Records;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Api.Asking;

/// <summary>The values of an address's parameters, checked.</summary>
internal sealed partial class Asked
{
    private readonly Dictionary<string, string> _values;

    private Asked(Dictionary<string, string> values) => _values = values;

    /// <summary>Checks what was asked of an address.</summary>
    /// <exception cref="Refusal">A parameter is unknown, given twice, missing, or has a value that cannot be.</exception>
    public static Asked Of(HttpContext context, IReadOnlyList<Parameter> parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, given) in context.Request.Query)
        {
            if (!parameters.Any(p => !p.InPath && p.Name == name))
                throw Unknown(name, parameters);
            if (given.Count > 1)
                throw Refusal.Parameter($"{name}: given {given.Count} times; give it once, several values with commas.");
            values[name] = given.ToString();
        }
        foreach (var parameter in parameters)
        {
            if (parameter.InPath && context.Request.RouteValues[parameter.Name] is { } part)
                values[parameter.Name] = Convert.ToString(part, CultureInfo.InvariantCulture)!.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        }
        return Of(values, parameters);
    }

    /// <summary>Checks values by name; empty ones are none.</summary>
    /// <exception cref="Refusal">A parameter is unknown, missing, or has a value that cannot be.</exception>
    public static Asked Of(IReadOnlyDictionary<string, string> given, IReadOnlyList<Parameter> parameters)
    {
        var values = given.Select(g => (g.Key, Value: g.Value.Trim())).Where(g => g.Value.Length > 0).ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
        foreach (var name in given.Keys)
        {
            if (!parameters.Any(p => p.Name == name))
                throw Unknown(name, parameters);
        }
        foreach (var parameter in parameters)
        {
            if (!values.TryGetValue(parameter.Name, out var value))
            {
                if (parameter.Required)
                    throw Refusal.Parameter($"{parameter.Name}: missing. {parameter.About}");
            }
            else if (Fault(parameter, value) is { } fault)
            {
                throw Refusal.Parameter($"{parameter.Name}={Shown(value)}: {fault}");
            }
        }
        return new(values);
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public string Text(Parameter parameter) => _values[parameter.Name];

    public long Number(Parameter parameter) => long.Parse(_values[parameter.Name], CultureInfo.InvariantCulture);

    public int? Whole(string name) => _values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    public long? Long(string name) => _values.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : null;

    public bool Truth(string name) => _values.TryGetValue(name, out var value) && value == "true";

    /// <summary>The filter that the parameters of a view, or of documents, come to.</summary>
    public ArchiveFilter Filter(int limit) => new()
    {
        Actor = Text("actor"),
        With = Text("with"),
        On = Text("on"),
        WordOf = Text("word-of"),
        Kinds = Several("type"),
        Statuses = Several("status"),
        From = Edtf.Days(Text("from"))?.First,
        To = Edtf.Days(Text("to"))?.Last,
        Place = Text("place"),
        Publisher = Text("publisher"),
        Claimed = Text("voice") is { } voice ? voice == "claimed" : null,
        Contradicted = Truth("contradicted"),
        Limit = limit,
        After = Text("after"),
    };

    /// <summary>The beginning of a value, fit to be shown in a message.</summary>
    public static string Shown(string value)
    {
        var clean = string.Concat(value.Take(80).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return value.Length > 80 ? clean + "…" : clean;
    }

    /// <summary>Why a day cannot be; null where it can.</summary>
    public static string? FaultOfDay(string value) => DayShape().IsMatch(value) && Edtf.Days(value) is not null ? null : "not a date; write it as 2024-04-08, 2024-04 or 2024.";

    private static Refusal Unknown(string name, IReadOnlyList<Parameter> parameters)
    {
        var known = parameters.Where(p => !p.InPath).Select(p => p.Name).ToList();
        return Refusal.Parameter($"{Shown(name)}: there is no such parameter here; there {(known.Count > 0 ? "are " + string.Join(", ", known) : "is none")}.");
    }

    private string[] Several(string name) => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? Fault(Parameter parameter, string value) => parameter.Kind switch
    {
        _ when value.Length > Limits.LongestField => $"longer than {Limits.LongestField} characters.",
        _ when value.Any(char.IsControl) => "it holds a control character.",
        ParameterKind.Whole when !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < parameter.Least || n > parameter.Most => string.Create(CultureInfo.InvariantCulture, $"give a whole number from {parameter.Least} to {parameter.Most}."),
        ParameterKind.Day => FaultOfDay(value),
        ParameterKind.Truth when value is not ("true" or "false") => "true or false.",
        ParameterKind.Choice when !parameter.Choices.Contains(value, StringComparer.Ordinal) => $"one of {string.Join(", ", parameter.Choices)}.",
        ParameterKind.Choices when value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(v => !parameter.Choices.Contains(v, StringComparer.Ordinal)) =>
            parameter.Choices.Count > 0 ? $"one or more of {string.Join(", ", parameter.Choices)}." : "entries of this list have none.",
        _ => null,
    };

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DayShape();
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;

namespace Chancery.Archive.Databases;

/// <summary>
/// From the SQL that both databases have in common to SQLite's. A list of numbers or words is one value, in JSON: as a value of its own each would have
/// to be looked for by its name, and a command of another length would be another command, to be made ready anew.
/// </summary>
internal static partial class SqliteSql
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Shapes = new();

    /// <summary>The command.</summary>
    public static string Own(string sql) => Known.GetOrAdd(sql, static s => List().Replace(s, "IN (SELECT value FROM json_each($1))"));

    /// <summary>The values of a command, with lists in one piece.</summary>
    public static object? Values(object? values)
    {
        if (values is null)
            return null;
        if (values is DynamicParameters named)
        {
            foreach (var name in named.ParameterNames.ToList())
            {
                if (Listed(named.Get<object?>(name)) is { } list)
                    named.Add(name, list);
            }
            return named;
        }
        var shape = Shapes.GetOrAdd(values.GetType(), static t => t.GetProperties());
        if (!Array.Exists(shape, p => IsList(p.PropertyType)))
            return values;
        var all = new DynamicParameters();
        foreach (var property in shape)
        {
            var value = property.GetValue(values);
            all.Add(property.Name, Listed(value) ?? value);
        }
        return all;
    }

    /// <summary>A list of numbers or words as JSON; null for anything else.</summary>
    public static string? Listed(object? value) => value switch
    {
        IEnumerable<long> numbers => JsonSerializer.Serialize(numbers),
        IEnumerable<string> words => JsonSerializer.Serialize(words),
        _ => null,
    };

    private static bool IsList(Type type) => type.IsAssignableTo(typeof(IEnumerable<long>)) || type.IsAssignableTo(typeof(IEnumerable<string>));

    [GeneratedRegex(@"\bIN (@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex List();
}

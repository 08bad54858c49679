using System.Text.Json;
using Chancery.Formats.Json;
using Chancery.Formats.Tables;

namespace Chancery.Formats.Exports.Datasets;

/// <summary>A file of a data package.</summary>
/// <param name="Path">Where it is, from the folder of the package's description.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Schema">Its columns.</param>
public sealed record DataPackageFile(string Path, TableFormat Format, TableSchema Schema)
{
    /// <summary>How long the file is; null where that is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The SHA-256 of the file in small hexadecimal digits; null where that is not known.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>What a data package says of itself.</summary>
/// <param name="Name">Small letters, digits, dots, hyphens and underscores, such as <c>chancery-2024</c>.</param>
public sealed record DataPackageFacts(string Name)
{
    /// <summary>A line for people; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>What is in it, over which documents, by which filter; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>When it was made; null leaves it out, so that the same records give the same bytes.</summary>
    public DateTimeOffset? Created { get; init; }
}

/// <summary>Writes <c>datapackage.json</c> (Data Package 2.0), by which tools know columns, types and keys of tables.</summary>
public static class DataPackage
{
    /// <summary>Describes files.</summary>
    /// <exception cref="ArgumentException">The name has characters that the standard does not allow.</exception>
    public static void Write(Stream to, DataPackageFacts facts, IEnumerable<DataPackageFile> files)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(files);
        if (facts.Name.Length == 0 || facts.Name.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_')))
            throw new ArgumentException($"'{facts.Name}': a package's name has small letters, digits, dots, hyphens and underscores only.", nameof(facts));
        var all = files.ToList();
        using var json = new Utf8JsonWriter(to, RecordJson.Options(indented: true));
        json.WriteStartObject();
        json.WriteString("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
        json.WriteString("name", facts.Name);
        WriteIfAny(json, "title", facts.Title);
        WriteIfAny(json, "description", facts.Description);
        if (facts.Created is { } created)
            json.WriteString("created", created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartArray("resources");
        foreach (var file in all)
            Write(json, file, all);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DataPackageFile file, List<DataPackageFile> all)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Schema.Name);
        json.WriteString("type", "table");
        json.WriteString("path", file.Path);
        json.WriteString("format", TableWriter.ExtensionOf(file.Format)[1..]);
        json.WriteString("mediatype", TableWriter.MediaTypeOf(file.Format));
        if (file.Format != TableFormat.Parquet)
            json.WriteString("encoding", "utf-8");
        json.WriteString("description", file.Schema.Meaning);
        if (file.Bytes is { } bytes)
            json.WriteNumber("bytes", bytes);
        if (file.Sha256 is { } hash)
            json.WriteString("hash", $"sha256:{hash}");
        if (file.Format is TableFormat.Csv or TableFormat.Tsv)
        {
            json.WriteStartObject("dialect");
            json.WriteString("delimiter", file.Format == TableFormat.Csv ? "," : "\t");
            json.WriteString("lineTerminator", file.Format == TableFormat.Csv ? "\r\n" : "\n");
            json.WriteEndObject();
        }
        json.WriteStartObject("schema");
        json.WriteStartArray("fields");
        foreach (var column in file.Schema.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            WriteType(json, column.Type, file.Format);
            json.WriteString("description", column.Meaning);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (file.Schema.Key.Count > 0)
        {
            json.WriteStartArray("primaryKey");
            foreach (var column in file.Schema.Key)
                json.WriteStringValue(column);
            json.WriteEndArray();
        }
        WriteForeignKey(json, file, all);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, ColumnType type, TableFormat format)
    {
        json.WriteString("type", type switch
        {
            ColumnType.Whole => "integer",
            ColumnType.Number => "number",
            ColumnType.Truth => "boolean",
            ColumnType.List => format is TableFormat.Csv or TableFormat.Tsv ? "list" : "array",
            _ => "string",
        });
        if (type == ColumnType.List && format is (TableFormat.Csv or TableFormat.Tsv))
            json.WriteString("delimiter", "|");
    }

    private static void WriteForeignKey(Utf8JsonWriter json, DataPackageFile file, List<DataPackageFile> all)
    {
        const string Key = "document";
        var owner = all.FirstOrDefault(f => f.Schema.Key is [Key]);
        if (owner is null || owner == file || file.Schema.Columns.All(c => c.Name != Key))
            return;
        json.WriteStartArray("foreignKeys");
        json.WriteStartObject();
        json.WriteStartArray("fields");
        json.WriteStringValue(Key);
        json.WriteEndArray();
        json.WriteStartObject("reference");
        json.WriteString("resource", owner.Schema.Name);
        json.WriteStartArray("fields");
        json.WriteStringValue(Key);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}

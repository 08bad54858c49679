using System.Text;
using System.Text.Json;
using Chancery.Formats.Tables;
using CsCheck;
using DuckDB.NET.Data;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class TableWriterTests
{
    private static readonly TableSchema Schema = new("things", "One row a thing.",
    [
        new("name", ColumnType.Text, "Name."), new("count", ColumnType.Whole, "Count."), new("size", ColumnType.Number, "Size."),
        new("live", ColumnType.Truth, "Live."), new("since", ColumnType.Date, "Since."), new("tags", ColumnType.List, "Tags."),
    ]);

    private static readonly Cell[][] Rows =
    [
        ["plain", 3, 1.5, true, "2024-03", Cell.Of(["a", "b|c"])],
        ["comma, \"quote\"\nand line | bar", -7, -0.25, false, "2024-04-08/2024-04-09", Cell.Of([])],
        ["", default, default, default, default, default],
        [default, 1L << 40, 2, default, default, Cell.Of(["=x"])],
        ["=1+2"],
        ["-5.25"],
        ["😀 <b> *x* &"],
    ];

    [Fact]
    public async Task Csv_quotes_guards_and_tells_absent_from_empty() => Assert.Equal(
        "name,count,size,live,since,tags\r\n"
        + "plain,3,1.5,true,2024-03,a|b\\|c\r\n"
        + "\"comma, \"\"quote\"\"\nand line | bar\",-7,-0.25,false,2024-04-08/2024-04-09,\r\n"
        + "\"\",,,,,\r\n"
        + ",1099511627776,2,,,'=x\r\n"
        + "'=1+2,,,,,\r\n"
        + "-5.25,,,,,\r\n"
        + "😀 <b> *x* &,,,,,\r\n",
        await Written(TableFormat.Csv));

    [Theory]
    [InlineData("=SUM(A1)", "'=SUM(A1)")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("-5", "-5")]
    [InlineData("+5e3", "+5e3")]
    [InlineData("-5|cmd", "'-5|cmd")]
    [InlineData("@home", "'@home")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("1-2", "1-2")]
    [InlineData(" =1", " =1")]
    public async Task A_cell_that_a_spreadsheet_would_run_gets_an_apostrophe_unless_it_is_a_number(string text, string written)
    {
        var schema = new TableSchema("t", "", [new("x", ColumnType.Text, "")]);
        Assert.Equal($"x\r\n{written}\r\n", await Written(TableFormat.Csv, null, schema, [[text]]));
        Assert.Equal($"x\r\n{text}\r\n", await Written(TableFormat.Csv, new() { GuardFormulas = false }, schema, [[text]]));
    }

    [Fact]
    public async Task A_byte_order_mark_only_where_asked()
    {
        Assert.StartsWith("\ufeffname,", await Written(TableFormat.Csv, new() { ByteOrderMark = true }), StringComparison.Ordinal);
        Assert.StartsWith("name,", await Written(TableFormat.Csv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tsv_keeps_each_row_on_one_line()
    {
        var lines = (await Written(TableFormat.Tsv)).Split('\n');
        Assert.Equal("comma, \"quote\" and line | bar\t-7\t-0.25\tfalse\t2024-04-08/2024-04-09\t", lines[2]);
        Assert.All(lines[..^1], l => Assert.Equal(5, l.Count(c => c == '\t')));
        Assert.Equal(Rows.Length + 2, lines.Length);
    }

    [Fact]
    public async Task Json_has_types_and_nulls()
    {
        var lines = (await Written(TableFormat.JsonLines)).TrimEnd('\n').Split('\n');
        Assert.Equal("""{"name":"plain","count":3,"size":1.5,"live":true,"since":"2024-03","tags":["a","b|c"]}""", lines[0]);
        Assert.Equal("""{"name":"","count":null,"size":null,"live":null,"since":null,"tags":null}""", lines[2]);
        using var array = JsonDocument.Parse(await Written(TableFormat.Json));
        Assert.Equal(lines, array.RootElement.EnumerateArray().Select(e => e.GetRawText()));
        Assert.Equal("[]\n", await Written(TableFormat.Json, null, Schema, []));
    }

    [Fact]
    public async Task Markdown_shows_what_is_there_and_runs_none_of_it() => Assert.Equal(
        "| name | count | size | live | since | tags |\n| --- | ---: | ---: | --- | --- | --- |\n"
        + "| plain | 3 | 1.5 | true | 2024-03 | a, b\\|c |\n"
        + "| comma, \"quote\"<br>and line \\| bar | -7 | -0.25 | false | 2024-04-08/2024-04-09 |  |\n"
        + "|  |  |  |  |  |  |\n|  | 1099511627776 | 2 |  |  | =x |\n| =1+2 |  |  |  |  |  |\n| -5.25 |  |  |  |  |  |\n"
        + "| 😀 &lt;b> \\*x\\* &amp; |  |  |  |  |  |\n",
        await Written(TableFormat.Markdown));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50_000)]
    public async Task Parquet_is_read_back_by_DuckDB(int rowGroup)
    {
        using var file = new TemporaryFile(".parquet");
        await using (var to = File.Create(file.Path))
            await TableWriter.WriteAsync(TableFormat.Parquet, to, Schema, Rows, new() { RowGroupSize = rowGroup });

        Assert.Equal(["name VARCHAR", "count BIGINT", "size DOUBLE", "live BOOLEAN", "since VARCHAR", "tags VARCHAR[]"], Query($"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '{file.Path}')"));
        Assert.Equal((await Written(TableFormat.JsonLines)).TrimEnd('\n').Split('\n').Select(Compact), Query($"SELECT to_json(t) FROM '{file.Path}' t").Select(Compact));
        Assert.Equal([$"{(Rows.Length + rowGroup - 1) / rowGroup}"], Query($"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{file.Path}')"));
        // Absent and empty lists are two things.
        Assert.Equal(["1 1 4"], Query($"SELECT count(*) FILTER (len(tags) = 2) || ' ' || count(*) FILTER (len(tags) = 0) || ' ' || count(*) FILTER (tags IS NULL) FROM '{file.Path}'"));
    }

    [Theory]
    [InlineData(TableFormat.Parquet)]
    [InlineData(TableFormat.Csv)]
    public async Task A_table_without_rows_still_has_its_columns(TableFormat format)
    {
        using var file = new TemporaryFile(TableWriter.ExtensionOf(format));
        await using (var to = File.Create(file.Path))
            Assert.Equal(0, await TableWriter.WriteAsync(format, to, Schema, []));
        Assert.Equal(["name", "count", "size", "live", "since", "tags"], Query($"SELECT column_name FROM (DESCRIBE SELECT * FROM '{file.Path}')"));
    }

    [Fact]
    public void Csv_gives_any_text_back_to_DuckDB() => Gen.String[Gen.Char["ab,\"\n=+-@|\\;'é "], 0, 12].Array[1, 5].Sample(texts =>
    {
        using var file = new TemporaryFile(".csv");
        using (var to = File.Create(file.Path))
            TableWriter.WriteAsync(TableFormat.Csv, to, new("t", "", [new("n", ColumnType.Whole, ""), new("x", ColumnType.Text, "")]), texts.Select((t, i) => (Cell[])[i, t]), new() { GuardFormulas = false }).GetAwaiter().GetResult();
        return Query($"SELECT coalesce(x, '') FROM read_csv('{file.Path}', header=true, delim=',', quote='\"', escape='\"', all_varchar=true, auto_detect=false, columns={{'n': 'VARCHAR', 'x': 'VARCHAR'}}, new_line='\\r\\n')").SequenceEqual(texts);
    }, iter: 100);

    [Fact]
    public async Task A_cell_of_the_wrong_kind_is_refused_with_the_name_of_its_column()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Written(TableFormat.Csv, null, Schema, [[5]]));
        Assert.Contains("'name'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Written(TableFormat.Parquet, null, Schema, [[.. Rows[0], 1]]));
        Assert.Throws<ArgumentException>(() => TableWriter.Open(TableFormat.Csv, Stream.Null, new("t", "", [Schema.Columns[0], Schema.Columns[0]])));
    }

    [Fact]
    public async Task A_number_that_is_none_is_absent() =>
        Assert.EndsWith("x,,,,,\r\n", await Written(TableFormat.Csv, null, Schema, [["x", default, double.NaN]]), StringComparison.Ordinal);

    internal static List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return rows;
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(p => p.Key, p => p.Value.ValueKind == JsonValueKind.Number ? (object)p.Value.GetDouble() : p.Value));

    private static async Task<string> Written(TableFormat format, TableOptions? options = null, TableSchema? schema = null, Cell[][]? rows = null)
    {
        using var to = new MemoryStream();
        await TableWriter.WriteAsync(format, to, schema ?? Schema, rows ?? Rows, options);
        return Encoding.UTF8.GetString(to.ToArray());
    }
}

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile(string extension) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"chancery-{System.IO.Path.GetRandomFileName()}{extension}");

    public void Dispose() => File.Delete(Path);
}

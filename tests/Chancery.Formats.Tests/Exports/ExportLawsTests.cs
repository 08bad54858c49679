using System.Text;
using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Calendars;
using Chancery.Formats.Exports.Datasets;
using Chancery.Formats.Exports.Entities;
using Chancery.Formats.Exports.Networks;
using Chancery.Formats.Exports.Rows;
using Chancery.Formats.Tables;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

/// <summary>What holds for every export; alone, since memory is measured.</summary>
[CollectionDefinition(nameof(ExportLawsTests), DisableParallelization = true)]
[Collection(nameof(ExportLawsTests))]
public class ExportLawsTests
{
    public static TheoryData<string> Kinds => [.. Writers.Keys];

    private static readonly Dictionary<string, Func<Stream, IEnumerable<ExportRecord>, Task>> Writers = new()
    {
        ["csv"] = (to, records) => TableWriter.WriteAsync(TableFormat.Csv, to, RecordTables.Events.Schema, RecordTables.Events.Rows(records)),
        ["tsv"] = (to, records) => TableWriter.WriteAsync(TableFormat.Tsv, to, RecordTables.Statements.Schema, RecordTables.Statements.Rows(records)),
        ["parquet"] = (to, records) => TableWriter.WriteAsync(TableFormat.Parquet, to, RecordTables.Events.Schema, RecordTables.Events.Rows(records), new() { RowGroupSize = 500 }),
        ["jsonl"] = (to, records) => TableWriter.WriteAsync(TableFormat.JsonLines, to, RecordTables.Actors.Schema, RecordTables.Actors.Rows(records)),
        ["json"] = (to, records) => TableWriter.WriteAsync(TableFormat.Json, to, RecordTables.Actors.Schema, RecordTables.Actors.Rows(records)),
        ["md"] = (to, records) => TableWriter.WriteAsync(TableFormat.Markdown, to, RecordTables.Documents.Schema, RecordTables.Documents.Rows(records)),
        ["polecat"] = (to, records) => Lines(to, EventRowFormat.Polecat, records),
        ["gdelt"] = (to, records) => Lines(to, EventRowFormat.Gdelt, records),
        ["graphml"] = (to, records) => Sync(() => NetworkXml.WriteGraphMl(to, Network.Of(records))),
        ["gexf"] = (to, records) => Sync(() => NetworkXml.WriteGexf(to, Network.Of(records))),
        ["ftm"] = (to, records) => Sync(() => FollowTheMoney.Write(to, records)),
        ["ics"] = (to, _) => Sync(() => DiaryCalendar.Write(to, [], DateTimeOffset.UnixEpoch)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_records_give_the_same_bytes_and_the_stream_stays_open(string kind)
    {
        using MemoryStream first = new(), second = new();
        await Writers[kind](first, Samples.Many(20));
        await Writers[kind](second, Samples.Many(20));
        Assert.True(first.CanWrite);
        Assert.NotEqual(0, first.Length);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("jsonl")]
    [InlineData("polecat")]
    [InlineData("gdelt")]
    [InlineData("ftm")]
    public async Task A_stream_that_cannot_seek_or_read_is_enough(string kind)
    {
        using var to = new MemoryStream();
        await Writers[kind](new OneWay(to), Samples.Many(3));
        Assert.NotEqual(0, to.Length);
    }

    /// <summary>What a writer keeps is bounded, whatever comes.</summary>
    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("jsonl")]
    [InlineData("polecat")]
    [InlineData("gdelt")]
    [InlineData("ftm")]
    public async Task Memory_does_not_grow_with_records(string kind)
    {
        long few = 0, many = 0;
        IEnumerable<ExportRecord> Watched()
        {
            var count = 0;
            foreach (var record in Samples.Many(6_000))
            {
                if (++count == 1_000)
                    few = GC.GetTotalMemory(forceFullCollection: true);
                yield return record;
            }
            many = GC.GetTotalMemory(forceFullCollection: true);
        }
        await Writers[kind](Stream.Null, Watched());
        Assert.InRange(many - few, long.MinValue, 8_000_000);
    }

    [Fact]
    public void The_records_of_that_test_would_show_if_they_were_kept()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = Samples.Many(5_000).ToList();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 16_000_000, long.MaxValue);
        Assert.Equal(5_000, kept.Count);
    }

    private static async Task Lines(Stream to, EventRowFormat format, IEnumerable<ExportRecord> records)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        EventRows.Write(writer, format, records, new() { Added = DateTimeOffset.UnixEpoch });
    }

    private static Task Sync(Action write)
    {
        write();
        return Task.CompletedTask;
    }

    /// <summary>A stream like a pipe.</summary>
    private sealed class OneWay(Stream to) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);
    }
}

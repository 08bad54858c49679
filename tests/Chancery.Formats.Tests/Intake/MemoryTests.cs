using Chancery.Formats.Intake;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

/// <summary>What is held of files without end. Runs alone, because it measures the process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    [Fact]
    public void A_line_without_end_is_refused_and_never_held()
    {
        var line = new Endless(200L << 20, "{\"text\":\"One.\"}\n{\"text\":\"", "\"}\n{\"text\":\"Two.\"}\n");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var read = DocumentReader.Read(line, "news.jsonl", null, new() { LongestRow = 1 << 20 }).ToList();
        Assert.Equal(["One.", "", "Two."], read.Select(r => r.Document?.Text ?? ""));
        Assert.Equal("CH0311", read[1].Problem!.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40 << 20);
    }

    [Fact]
    public void A_file_of_many_rows_costs_memory_for_one()
    {
        var rows = new Endless(60L << 20, "id,text\n", "", "1,\"The envoys met, and parted.\"\n");
        var peak = 0L;
        var count = 0;
        foreach (var (document, _) in DocumentReader.Read(rows, "news.csv", null, new() { GuessLanguage = false }))
        {
            Assert.NotNull(document);
            if (++count % 200_000 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.True(count > 1_000_000);
        Assert.InRange(peak, 1, 100L << 20);
    }
}

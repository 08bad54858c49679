using Chancery.Formats.Intake;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class PublishedDateTests
{
    [Theory]
    [InlineData("2024-04-10", "2024-04-10")]
    [InlineData("2024-04-10T23:30:00-05:00", "2024-04-10")]
    [InlineData("2024-04-10 08:15:00", "2024-04-10")]
    [InlineData("20240410T081500Z", "2024-04-10")]
    [InlineData("2024/4/10", "2024-04-10")]
    [InlineData("2024-04", "2024-04")]
    [InlineData("2024", "2024")]
    [InlineData("Wed, 10 Apr 2024 23:59:00 GMT", "2024-04-10")]
    [InlineData("April 10, 2024", "2024-04-10")]
    [InlineData("Apr. 10, 2024 at 5:00 p.m.", "2024-04-10")]
    [InlineData("10 April 2024", "2024-04-10")]
    [InlineData("Wednesday 10th April 2024", "2024-04-10")]
    [InlineData("10-Apr-2024", "2024-04-10")]
    [InlineData("April 2024", "2024-04")]
    [InlineData("1712793599", "2024-04-10")]
    [InlineData("13/04/2024", "2024-04-13")]
    [InlineData("04/13/2024", "2024-04-13")]
    [InlineData("04/04/2024", "2024-04-04")]
    [InlineData("03/04/2024", null)]
    [InlineData("2024-02-30", null)]
    [InlineData("2024-13-01", null)]
    [InlineData("yesterday", null)]
    [InlineData("Maybe 10, 2024", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Takes_the_day_that_is_written(string? written, string? expected) => Assert.Equal(expected, PublishedDate.Of(written));
}

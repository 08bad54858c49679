using Chancery.Views;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>What answers what.</summary>
public sealed class DisputeTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    // a denial that only points to the charge
    [InlineData("Sudan accused Chad of arming the rebels. Chad denied this.", "arming the rebels", "denied this", DisputeKind.Denied)]
    [InlineData("Sudan accused Chad of arming the rebels. The Chadian ministry flatly denied it.", "arming the rebels", "flatly denied it", DisputeKind.Denied)]
    // what is rejected by name is the charge, whatever was said between
    [InlineData("Sudan accused Chad of arming the rebels. Sudan also warned that the border would close. Chad rejected the accusation as absurd.", "arming the rebels", "the accusation as absurd", DisputeKind.Denied)]
    [InlineData("The Danish minister told the Polish minister that the new law was a mistake. The Polish minister rejected the criticism.", "the new law was a mistake", "the criticism", DisputeKind.Disputed)]
    // the words of a spokesman are the answer of those for whom he speaks
    [InlineData("Sudan accused Chad of arming the rebels. The government of Chad rejected the charge. \"We sell grain to everybody,\" said the Chadian spokesman.", "arming the rebels", "We sell grain to everybody", DisputeKind.Disputed)]
    // a charge in return
    [InlineData("The Sudanese minister said that Chad had bombed the village. The Chadian minister said that it was Sudan that had bombed the village.", "Chad had bombed the village", "it was Sudan", DisputeKind.Disputed)]
    // what is told or shown right after a denial
    [InlineData("Chad denies any build-up on the border. But Reuters reported that 30 tanks stood near the border.", "any build-up", "30 tanks stood near the border", DisputeKind.ContradictedByDeeds)]
    public void What_answers_what(string text, string claim, string answer, DisputeKind kind) =>
        Assert.Contains(Disputes.Of([loaded.Read(text)], loaded.Lexicon), d => d.Claim.Contains(claim, StringComparison.Ordinal) && d.Answer!.Contains(answer, StringComparison.Ordinal) && d.Kind == kind);

    [Theory]
    // a demand or an offer may be refused, but is no claim
    [InlineData("Sweden demanded that Belarus release the sailors. Belarus rejected the demand.")]
    [InlineData("Sweden offered to host talks. Belarus ruled out any mediation.")]
    // nobody disputes himself
    [InlineData("The Swedish minister accused Belarus of lying and warned that patience was not endless.")]
    // to threaten a thing is not to speak against it
    [InlineData("The Swedish minister said that Sweden would impose more sanctions. Sweden imposed sanctions on Belarus.")]
    public void What_is_no_dispute(string text) => Assert.Empty(Disputes.Of([loaded.Read(text)], loaded.Lexicon));
}

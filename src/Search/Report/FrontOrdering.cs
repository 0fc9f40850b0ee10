using Bitcurve.Search.Choosing;

namespace Bitcurve.Search.Report;

/// <summary>
/// Does the order of the measured front survive on images that the search never saw? Selection flatters validation figures, so the front
/// is re-judged by test accuracies.
/// </summary>
/// <remarks>
/// A run varies with its fine-tuning seed by one standard deviation s, taken to be the same for all networks and pooled over those that
/// ran at least twice; a mean of r runs has the standard error s / sqrt(r). The error of the test split itself is left out: every network
/// is tested on the same images, so most of it cancels in a difference. With few repeats s is itself uncertain.
/// </remarks>
public static class FrontOrdering
{
    private const double CombinedErrors = 2;

    /// <param name="front">Ascending in memory, better step by step on the validation split.</param>
    /// <param name="verified">Test results; those of networks outside the front only help to pool the deviation.</param>
    /// <param name="scale">Says which test result is the better one.</param>
    public static ReportedFrontCheck Check(
        IReadOnlyList<ReportedFrontMember> front, IReadOnlyList<ReportedVerification> verified, MetricScale scale = default)
    {
        double? deviation = PooledDeviation(verified);
        ReportedVerification[] members =
        [
            .. front.Select(member => verified.FirstOrDefault(result => result.Bits == member.Bits && result.Mean is not null))
                .OfType<ReportedVerification>(),
        ];
        int pairs = members.Length * (members.Length - 1) / 2;
        int reversed = 0;
        int contradicted = 0;
        for (int larger = 1; larger < members.Length; larger++)
        {
            for (int smaller = 0; smaller < larger; smaller++)
            {
                double advantage = scale.Score(members[smaller].Mean!.Value) - scale.Score(members[larger].Mean!.Value);
                reversed += advantage > 0 ? 1 : 0;
                double error = (deviation ?? 0) / scale.Unit * Math.Sqrt((1.0 / members[smaller].Runs) + (1.0 / members[larger].Runs));
                contradicted += advantage > 0 && advantage > CombinedErrors * error ? 1 : 0;
            }
        }

        return new ReportedFrontCheck(
            pairs,
            reversed,
            deviation is null ? null : contradicted,
            deviation,
            deviation is null || pairs == 0 ? null : contradicted == 0);
    }

    /// <summary>sqrt(sum((r - 1) s^2) / sum(r - 1)) over networks with r >= 2 runs; null when there is none.</summary>
    public static double? PooledDeviation(IEnumerable<ReportedVerification> verified)
    {
        (double squares, int freedom) = verified
            .Where(result => result.Deviation is not null)
            .Aggregate((0.0, 0), (sum, result) =>
                (sum.Item1 + ((result.Runs - 1) * result.Deviation!.Value * result.Deviation.Value), sum.Item2 + result.Runs - 1));
        return freedom == 0 ? null : Math.Sqrt(squares / freedom);
    }
}

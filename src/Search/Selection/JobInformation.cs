using Bitcurve.Gp;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>Information of open jobs, nats, about what <c>--about</c> names.</summary>
internal static class JobInformation
{
    /// <summary>Accepted values of <see cref="Trials.SelectionSettings.About"/>.</summary>
    internal static readonly IReadOnlyList<string> Names = ["front", "function", "maximum"];

    /// <summary>What everything that a job measures would tell, for any of the jobs given.</summary>
    internal static Func<OpenJob, double> About(string what, Outlook outlook, IReadOnlyList<OpenJob> jobs)
    {
        var networks = jobs.Select(j => j.Candidate).DistinctBy(c => c.Bits).ToList();
        return what switch
        {
            "function" => Gain(outlook.Model.InformationAboutFunction(networks), networks, outlook),
            "front" => Gain(outlook.Model.InformationAbout(LikelyFront.Of(outlook.Draws), networks), networks, outlook),
            "maximum" => AboutMaximum(outlook, networks),
            _ => throw new ArgumentException($"About: expected one of {string.Join(", ", Names)}, actual '{what}'."),
        };
    }

    private static Func<OpenJob, double> Gain(IReadOnlyList<PointInformation> information, List<Candidate> networks, Outlook outlook)
    {
        var of = networks.Zip(information).ToDictionary(p => p.First.Bits, p => p.Second);
        return job => of[job.Candidate.Bits].Gain(job.TaskIndices(outlook.Definition));
    }

    // E(x) <= E* is f_m(x) <= a bound of x's own, because the charge for bits is known and the transform keeps the order.
    private static Func<OpenJob, double> AboutMaximum(Outlook outlook, List<Candidate> networks)
    {
        var maxima = outlook.Draws.BestWorths(outlook.Definition);
        var (model, posterior) = (outlook.Model, outlook.Model.OnModelScale(networks));
        var correlations = model.CorrelationsWithTarget(networks);
        var of = new Dictionary<BitVector, (TargetCorrelation Correlation, double[] Lost)>();
        for (var k = 0; k < networks.Count; k++)
        {
            var (bits, mean, deviation) = (networks[k].Bits, posterior.Mean[k], Math.Sqrt(posterior.Variance[k]));
            var charge = BitCharge.Of(bits, outlook.Definition.Choosing);
            // A network that may not be chosen is not below the maximum, and one that is known has nothing to lose.
            var lost = deviation > 0 && BitCharge.IsWithinLimit(bits, outlook.Definition)
                ? Array.ConvertAll(maxima, best => MaxValueEntropy.LostVariance((model.BoundOnModelScale(best + charge) - mean) / deviation))
                : [0];
            of[bits] = (correlations[k], lost);
        }

        return job => MaxValueEntropy.Information(
            of[job.Candidate.Bits].Correlation.Squared(job.TaskIndices(outlook.Definition)), of[job.Candidate.Bits].Lost);
    }
}

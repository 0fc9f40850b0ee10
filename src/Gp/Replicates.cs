namespace Bitcurve.Gp;

/// <summary>
/// Observations with repeated measurements (same task, same input) replaced by their mean. The posterior is exactly the same, and so is the
/// likelihood once the spread within the groups is accounted for: r values of variance s_i s^2 around one f are their weighted mean, of
/// variance s^2 / sum(1 / s_i), and r - 1 independent contrasts.
/// </summary>
internal sealed class Replicates
{
    private readonly double[] _squares;
    private readonly double[] _logScales;
    private readonly int[] _contrasts;

    private Replicates(Observations folded, double[] squares, double[] logScales, int[] contrasts) =>
        (Folded, _squares, _logScales, _contrasts) = (folded, squares, logScales, contrasts);

    /// <summary>One observation per task and input, in order of first appearance.</summary>
    public Observations Folded { get; }

    /// <summary>Observations of exactly known values (noise scale 0) stay as they are.</summary>
    public static Replicates Fold(Observations observations)
    {
        var design = observations.Design;
        var groups = Enumerable.Range(0, observations.Count)
            .GroupBy(i => (design.Inputs.InputOf[i], design.Tasks[i], Exact: design.NoiseScales[i] == 0 ? i : -1))
            .Select(group => group.ToArray())
            .ToArray();
        var m = observations.TaskCount;
        var (squares, logScales, contrasts) = (new double[m], new double[m], new int[m]);
        if (groups.Length == observations.Count)
        {
            return new Replicates(observations, squares, logScales, contrasts);
        }
        var (means, scales) = (new double[groups.Length], new double[groups.Length]);
        for (var g = 0; g < groups.Length; g++)
        {
            (means[g], scales[g]) = Merge(observations, groups[g], squares, logScales, contrasts);
        }
        int[] first = [.. groups.Select(group => group[0])];
        var folded = new Design(design.Points.Select(first), [.. first.Select(i => design.Tasks[i])], design.TaskCount, scales);
        return new Replicates(new Observations(folded, means), squares, logScales, contrasts);
    }

    /// <summary>
    /// What the contrasts add to log p(y): -1/2 sum_l [(r_l - 1) log(2 pi s_l^2) + log scales + squares / s_l^2]; its derivative with
    /// respect to s_l^2 is added to <paramref name="noiseGradient"/> (m entries) unless that is empty. In nats.
    /// </summary>
    /// <param name="noiseVariance">s_l^2, m entries &gt;= 0; below 1e-12 they count as that.</param>
    /// <param name="noiseGradient">m entries or none.</param>
    public double LogLikelihood(double[] noiseVariance, Span<double> noiseGradient)
    {
        var value = 0.0;
        for (var task = 0; task < noiseVariance.Length; task++)
        {
            if (_contrasts[task] == 0)
            {
                continue;
            }
            // Repeated noiseless values contradict the model unless equal: the same bound as the smallest jitter keeps this finite.
            var variance = Math.Max(noiseVariance[task], 1e-12);
            value -= 0.5 * ((_contrasts[task] * Math.Log(2 * Math.PI * variance)) + _logScales[task] + (_squares[task] / variance));
            if (!noiseGradient.IsEmpty)
            {
                noiseGradient[task] -= 0.5 * ((_contrasts[task] / variance) - (_squares[task] / (variance * variance)));
            }
        }
        return value;
    }

    private static (double Mean, double Scale) Merge(
        Observations observations, int[] group, double[] squares, double[] logScales, int[] contrasts)
    {
        var scales = observations.Design.NoiseScales;
        if (group.Length == 1)
        {
            return (observations.Values[group[0]], scales[group[0]]);
        }
        var task = observations.Design.Tasks[group[0]];
        var (weight, sum) = (0.0, 0.0);
        foreach (var i in group)
        {
            weight += 1 / scales[i];
            sum += observations.Values[i] / scales[i];
            logScales[task] += Math.Log(scales[i]);
        }
        foreach (var i in group)
        {
            squares[task] += Math.Pow(observations.Values[i] - (sum / weight), 2) / scales[i];
        }
        logScales[task] += Math.Log(weight);
        contrasts[task] += group.Length - 1;
        return (sum / weight, 1 / weight);
    }
}

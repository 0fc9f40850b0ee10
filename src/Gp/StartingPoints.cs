namespace Bitcurve.Gp;

/// <summary>Where a fit starts: the centre of the priors, or a draw around it. Tasks start equally correlated.</summary>
internal sealed class StartingPoints(HyperparameterPriors priors, LengthscaleBasis basis, FitOptions options, int taskCount)
{
    /// <summary>Equal correlations at or below -1 / (m - 1) have no positive definite matrix, and near 1 the gradient explodes.</summary>
    private const double SmallestCorrelation = 0.05;
    private const double LargestCorrelation = 0.95;

    public Hyperparameters Centre() => Build(() => 0);

    public Hyperparameters Draw(StandardNormal source) => Build(source.Next);

    private Hyperparameters Build(Func<double> normal)
    {
        double[] coefficients = [.. basis.Centre.Zip(basis.Deviation, (centre, deviation) => centre + (deviation * normal()))];
        double[] lengthscale = [.. basis.Rows.Select(row => Math.Exp(RowProducts.Dot(row, coefficients)))];
        var deviation = Repeat(taskCount, () => Math.Sqrt(LogNormal(priors.VarianceMedian, 0.5 * priors.VarianceLogDeviation, normal)));
        var correlation =
            Math.Clamp(priors.CorrelationMean + (priors.CorrelationDeviation * normal()), SmallestCorrelation, LargestCorrelation);
        var noise = Repeat(taskCount, () =>
            Math.Max(2 * options.NoiseFloor, LogNormal(priors.NoiseVarianceMedian, priors.NoiseVarianceLogDeviation, normal)));
        var covariance = new double[taskCount][];
        for (var a = 0; a < taskCount; a++)
        {
            covariance[a] = deviation.Select((other, b) => deviation[a] * other * (a == b ? 1 : correlation)).ToArray();
        }
        var linear = Repeat(options.LinearFeatures, () => LogNormal(priors.LinearVarianceMedian, priors.LinearVarianceLogDeviation, normal));
        var nugget = options.HasNugget ? LogNormal(priors.NuggetMedian, priors.NuggetLogDeviation, normal) : 0;
        var factor = IntrinsicCoregionalization.FactorOf([.. covariance.SelectMany(row => row)], taskCount);
        return new Hyperparameters(lengthscale, factor, noise, new double[taskCount], linear, nugget);
    }

    private static double LogNormal(double median, double deviation, Func<double> normal) => median * Math.Exp(deviation * normal());

    private static double[] Repeat(int count, Func<double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw();
        }
        return values;
    }
}

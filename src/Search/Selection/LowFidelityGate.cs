using Bitcurve.Gp;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Whether short trainings deserve to be believed: multi-fidelity helps only where low fidelities really predict (method.md "What a
/// prototype taught us"). Compares the likelihood of all data with and without the target's correlations to the other tasks; these must
/// explain more than as many free parameters would (Akaike 1974). Leaving one configuration out was tried first: with eight networks at
/// the target it decided little better than chance.
/// </summary>
public static class LowFidelityGate
{
    /// <summary>Networks at the target before evidence is asked for; fewer would decide by chance.</summary>
    private const int LeastNetworks = 4;

    /// <summary>The observations of the last task; null when they are too few to judge by, or all there are.</summary>
    public static Observations? TargetAlone(Observations observations)
    {
        var target = observations.TaskCount - 1;
        var rows = observations.Design.IndicesWhere(task => task == target);
        return rows.Length < LeastNetworks || rows.Length == observations.Count
            ? null
            : new Observations(observations.Design.Select(rows), [.. rows.Select(row => observations.Values[row])]);
    }

    /// <summary>Whether the correlations of the target with the other tasks explain more than their number would by chance.</summary>
    public static bool IsOpen(MultiTaskRegression all)
    {
        var model = all.Model;
        var hyperparameters = model.Hyperparameters;
        var likelihood = new MarginalLikelihood(model.Observations, model.Kernel);
        var coupled = likelihood.Evaluate(hyperparameters);
        var decoupled = likelihood.Evaluate(Hyperparameters.FromCovariance(
            hyperparameters.Lengthscale, Decoupled(hyperparameters.Coregionalization()), hyperparameters.NoiseVariance, hyperparameters.Mean,
            hyperparameters.LinearVariance, hyperparameters.Nugget));
        return coupled - decoupled > model.TaskCount - 1;
    }

    /// <summary>B without the correlations of the last task.</summary>
    private static double[][] Decoupled(IntrinsicCoregionalization coregionalization)
    {
        var target = coregionalization.TaskCount - 1;
        return [.. Enumerable.Range(0, target + 1).Select(a => Enumerable.Range(0, target + 1)
            .Select(b => a != b && (a == target || b == target) ? 0 : coregionalization[a, b]).ToArray())];
    }
}

using Bitcurve.Gp;

namespace Bitcurve.Search.Selection;

/// <summary>How well measurements at one network would predict the network's own target f_m(x).</summary>
/// <param name="covariance">V(x), m x m: posterior covariance of the tasks without noise.</param>
/// <param name="noiseVariance">s_l^2, m entries in the units of V.</param>
/// <param name="target">m.</param>
public sealed class TargetCorrelation(double[,] covariance, double[] noiseVariance, int target)
{
    /// <summary>
    /// Squared correlation, in [0,1], of f_m(x) with the best linear predictor from one noisy measurement of every task of S:
    /// c^T (V_S + D_S)^-1 c / V_mm with c = V_Sm. For one task it is the squared correlation of the measurement itself.
    /// </summary>
    public double Squared(params int[] tasks)
    {
        // Nothing is left to predict once f_m(x) is known.
        if (tasks.Length == 0 || covariance[target, target] <= 0)
        {
            return 0;
        }

        var noisy = new double[tasks.Length * tasks.Length];
        for (var a = 0; a < tasks.Length; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                noisy[(a * tasks.Length) + b] = covariance[tasks[a], tasks[b]] + (a == b ? noiseVariance[tasks[a]] : 0);
            }
        }

        var cross = Array.ConvertAll(tasks, task => covariance[task, target]);
        var explained = cross.Zip(Cholesky.Of(noisy, tasks.Length).Solve(cross), (c, weight) => c * weight).Sum();
        return Math.Clamp(explained / covariance[target, target], 0, 1);
    }
}

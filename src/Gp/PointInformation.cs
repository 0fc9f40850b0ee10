namespace Bitcurve.Gp;

/// <summary>What observations at one point would tell about the target function.</summary>
public sealed class PointInformation
{
    private readonly double[] _noiseVariance;

    internal PointInformation(double[,] covariance, double[,] covarianceGivenTarget, double[] noiseVariance)
    {
        Covariance = covariance;
        CovarianceGivenTarget = covarianceGivenTarget;
        _noiseVariance = noiseVariance;
    }

    /// <summary>V(x), m x m: posterior covariance of the tasks at the point, without observation noise.</summary>
    public double[,] Covariance { get; }

    /// <summary>U(x), m x m: the same when the target function is known as well; its row and column of the target are 0.</summary>
    public double[,] CovarianceGivenTarget { get; }

    /// <summary>
    /// I = 1/2 [log det(V_S + D_S) - log det(U_S + D_S)] in nats, &gt;= 0, of observing every task of S here once; 0 for the empty S.
    /// </summary>
    /// <exception cref="ArgumentException">When a task is out of range or given twice.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks of S are known exactly already.</exception>
    public double Gain(params int[] tasks)
    {
        RequireSet(tasks);
        if (tasks.Length == 1)
        {
            var task = tasks[0];
            return 0.5 * Math.Log(Math.Max(
                1, (_noiseVariance[task] + Covariance[task, task]) / (_noiseVariance[task] + CovarianceGivenTarget[task, task])));
        }
        // Mutual information is never negative; the difference of two logarithms can be, by rounding.
        return Math.Max(0, 0.5 * (NoisyLogDeterminant(Covariance, tasks) - NoisyLogDeterminant(CovarianceGivenTarget, tasks)));
    }

    private double NoisyLogDeterminant(double[,] covariance, int[] tasks)
    {
        var size = tasks.Length;
        var noisy = new double[size * size];
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                noisy[(a * size) + b] = covariance[tasks[a], tasks[b]] + (a == b ? _noiseVariance[tasks[a]] : 0);
            }
        }
        return Cholesky.Of(noisy, size).LogDeterminant;
    }

    private void RequireSet(int[] tasks)
    {
        for (var i = 0; i < tasks.Length; i++)
        {
            Design.RequireTask(tasks[i], _noiseVariance.Length, nameof(tasks));
            if (Array.IndexOf(tasks, tasks[i]) != i)
            {
                throw new ArgumentException($"Expected distinct tasks, got task {tasks[i]} twice.", nameof(tasks));
            }
        }
    }
}

namespace Bitcurve.Gp;

/// <summary>What observations at one of M points would tell about the target function.</summary>
public readonly struct PointInformation
{
    private readonly InformationTable _table;
    private readonly int _point;

    internal PointInformation(InformationTable table, int point) => (_table, _point) = (table, point);

    /// <summary>V(x), m x m: posterior covariance of the tasks at the point, without observation noise.</summary>
    public double[,] Covariance => _table.Covariance.At(_point);

    /// <summary>U(x), m x m: the same when the target function is known as well; its row and column of the target are 0 where it is known
    /// here.</summary>
    public double[,] CovarianceGivenTarget => _table.CovarianceGivenTarget.At(_point);

    /// <summary>
    /// I = 1/2 [log det(V_S + D_S) - log det(U_S + D_S)] in nats, &gt;= 0, of observing every task of S here once; 0 for the empty S.
    /// </summary>
    /// <exception cref="ArgumentException">When a task is out of range or given twice.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks of S are known exactly already.</exception>
    public double Gain(params ReadOnlySpan<int> tasks) => _table.Gain(_point, tasks);
}

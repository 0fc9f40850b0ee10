using System.Globalization;
using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary>
/// Hyperparameters as case files give them: the task covariance as B, or as W (m x r) and v (m entries) with B = W W^T + diag(v), or both.
/// </summary>
internal static class GpHyperparameters
{
    /// <summary>What is added to the correlations' diagonal when B is singular up to rounding, as that of perfectly correlated tasks is.</summary>
    private const double RoundingJitter = 1e-12;

    private const double SymmetryTolerance = 1e-12;
    private const double AgreementTolerance = 1e-9;

    internal static (Hyperparameters Value, double[][]? Loadings) Read(GpField json, int dimensions, int tasks)
    {
        var loadings = ReadLoadings(json, tasks);
        var place = json.Optional("B") ?? (loadings is null ? json.Member("B") : json.Member("W"));
        var covariance = json.Optional("B") is { } given ? ReadCovariance(given, tasks) : loadings!.Value.Covariance;
        if (loadings is { } factors)
        {
            RequireAgreement(place, covariance, factors.Covariance);
        }

        var factor = FactorOf(covariance) ?? throw place.Fault($"a positive definite {tasks} x {tasks} task covariance", Describe(covariance));
        var hyperparameters = new Hyperparameters(
            json.Member("lengthscale").Vector(dimensions, "d", 0, open: true),
            factor,
            json.Member("noise_var").Vector(tasks, "m", 0),
            json.Member("mean").Vector(tasks, "m"));
        return (hyperparameters, loadings?.Loadings);
    }

    /// <summary>L of B = L L^T, or null when B (m x m, symmetric) is not positive definite up to rounding.</summary>
    internal static double[][]? FactorOf(double[][] covariance)
    {
        var tasks = covariance.Length;
        if (Enumerable.Range(0, tasks).Any(task => !(covariance[task][task] > 0)))
        {
            return null;
        }

        // Correlations, so that rounding is judged by each task's own variance, whatever its unit.
        double[] deviation = [.. covariance.Select((row, task) => Math.Sqrt(row[task]))];
        double[] correlation = [.. covariance.SelectMany((row, a) => row.Select((entry, b) => a == b ? 1 : entry / deviation[a] / deviation[b]))];
        try
        {
            var factor = Cholesky.Of(correlation, tasks);
            return factor.Jitter > RoundingJitter
                ? null
                : [.. Enumerable.Range(0, tasks).Select(a => Enumerable.Range(0, tasks).Select(b => deviation[a] * factor[a, b]).ToArray())];
        }
        catch (NotPositiveDefiniteException)
        {
            return null;
        }
    }

    private static (double[][] Loadings, double[][] Covariance)? ReadLoadings(GpField json, int tasks)
    {
        if (json.Optional("W") is not { } place)
        {
            return null;
        }

        var rows = place.List(tasks, "m");
        var loadings = rows.Select(row => row.Vector(rows[0].List(null, "").Length, "as in row 0")).ToArray();
        var own = json.Member("v").Vector(tasks, "m", 0);
        double Covariance(int a, int b) => loadings[a].Zip(loadings[b], (left, right) => left * right).Sum() + (a == b ? own[a] : 0);
        return (loadings, [.. Enumerable.Range(0, tasks).Select(a => Enumerable.Range(0, tasks).Select(b => Covariance(a, b)).ToArray())]);
    }

    private static double[][] ReadCovariance(GpField place, int tasks)
    {
        var covariance = place.Matrix(tasks, "m", tasks, "m");
        for (var a = 0; a < tasks; a++)
        {
            for (var b = 0; b < a; b++)
            {
                if (!AreClose(covariance[a][b], covariance[b][a], Magnitude(covariance, a, b), SymmetryTolerance))
                {
                    throw place.Fault("a symmetric matrix", Invariant($"[{a}][{b}] = {covariance[a][b]:R} and [{b}][{a}] = {covariance[b][a]:R}"));
                }
            }
        }

        return covariance;
    }

    private static void RequireAgreement(GpField place, double[][] covariance, double[][] fromLoadings)
    {
        for (var a = 0; a < covariance.Length; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                if (!AreClose(covariance[a][b], fromLoadings[a][b], Magnitude(fromLoadings, a, b), AgreementTolerance))
                {
                    throw place.Fault(Invariant($"W W^T + diag(v) = {fromLoadings[a][b]:R} at [{a}][{b}]"), Invariant($"{covariance[a][b]:R}"));
                }
            }
        }
    }

    private static double Magnitude(double[][] covariance, int a, int b) => Math.Sqrt(Math.Abs(covariance[a][a] * covariance[b][b]));

    private static bool AreClose(double value, double other, double magnitude, double tolerance) =>
        Math.Abs(value - other) <= tolerance * Math.Max(magnitude, Math.Max(Math.Abs(value), Math.Abs(other)));

    private static string Describe(double[][] covariance)
    {
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowArrays(covariance);
        return Invariant($"one with smallest eigenvalue {matrix.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Min(value => value.Real):G6}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

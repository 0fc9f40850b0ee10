namespace Bitcurve.Gp;

/// <summary>
/// Predicts every observation from all those outside of its group, at the model's hyperparameters, without conditioning again: with S the
/// rows of a group, the residuals are [(K^-1)_SS]^-1 alpha_S with covariance [(K^-1)_SS]^-1. Rasmussen and Williams 2006, section 5.4.2
/// (equations 5.10 to 5.12 are the case of one row). The hyperparameters have seen the group, so the figures are a little too good.
/// </summary>
public static class LeaveOneOut
{
    /// <summary>Predictions of the scored rows, ascending. O(n^3) for all groups together.</summary>
    /// <param name="model">Conditioned on n observations.</param>
    /// <param name="groups">n labels: rows with one label are left out together.</param>
    /// <param name="isScored">Rows to predict; all when null. The others still go with their group and inform all other groups.</param>
    /// <exception cref="ArgumentException">When there is not one label per observation.</exception>
    public static IReadOnlyList<LeftOut> Of(MultiTaskGp model, IReadOnlyList<int> groups, Func<int, bool>? isScored = null)
    {
        var count = model.Observations.Count;
        if (groups.Count != count)
        {
            throw new ArgumentException($"Expected {count} group labels, one per observation, got {groups.Count}.", nameof(groups));
        }
        var isWanted = isScored ?? (_ => true);
        var weights = model.Covariance.Factor.Solve(Residuals(model));
        return Enumerable.Range(0, count)
            .GroupBy(i => groups[i])
            .Select(rows => rows.ToArray())
            .Where(rows => rows.Any(isWanted))
            .SelectMany(rows => Predict(model, weights, rows))
            .Where(left => isWanted(left.Index))
            .OrderBy(left => left.Index)
            .ToArray();
    }

    /// <summary>Labels by which points at exactly the same place share a group: leave one configuration out.</summary>
    /// <returns>One label per point, counted from 0 in the order of first appearance.</returns>
    public static int[] GroupsByPoint(Points points) => DistinctInputs.Of(points).InputOf;

    private static IEnumerable<LeftOut> Predict(MultiTaskGp model, double[] weights, int[] rows)
    {
        var precision = Cholesky.Of(Precision(model.Covariance.Factor, rows), rows.Length);
        var residuals = precision.Solve(rows.Select(i => weights[i]).ToArray());
        for (var s = 0; s < rows.Length; s++)
        {
            var unit = new double[rows.Length];
            unit[s] = 1;
            var variance = precision.Solve(unit)[s];
            var value = model.Observations.Values[rows[s]];
            yield return new LeftOut(rows[s], model.Observations.Design.Tasks[rows[s]], value, value - residuals[s], variance);
        }
    }

    /// <summary>(K^-1)_SS, row-major |S| x |S|, as products of columns of L^-1. O(|S| n^2).</summary>
    private static double[] Precision(Cholesky factor, int[] rows)
    {
        var columns = rows.Select(row =>
        {
            var column = new double[factor.Size];
            column[row] = 1;
            factor.SolveLower(column);
            return column;
        }).ToArray();
        var precision = new double[rows.Length * rows.Length];
        for (var s = 0; s < rows.Length; s++)
        {
            for (var t = 0; t <= s; t++)
            {
                precision[(s * rows.Length) + t] = RowProducts.Dot(columns[s], columns[t]);
            }
        }
        return precision;
    }

    private static double[] Residuals(MultiTaskGp model)
    {
        var residuals = model.Observations.Values.ToArray();
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] -= model.Hyperparameters.Mean[model.Observations.Design.Tasks[i]];
        }
        return residuals;
    }
}

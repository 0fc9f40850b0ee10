using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary>One regression problem of a case file: n observations of m tasks in d dimensions.</summary>
/// <param name="Owner">File and case, for messages.</param>
/// <param name="Name">As in the file.</param>
/// <param name="Observations">n values in their own units.</param>
/// <param name="Hyperparameters">Null when the case is to be fitted.</param>
/// <param name="Loadings">W (m x r) when the task covariance was given as B = W W^T + diag(v), null otherwise.</param>
/// <param name="TestPoints">M points to predict at; none when the case is to be fitted.</param>
internal sealed record GpCase(string Owner, string Name, Observations Observations, Hyperparameters? Hyperparameters, double[][]? Loadings, Points TestPoints)
{
    /// <exception cref="InvalidDataException">Something is missing, of another length or out of its range.</exception>
    internal static GpCase Read(string file, GpField json, bool needsHyperparameters)
    {
        var name = json.Member("name").Text();
        var owner = $"{file}, case '{name}'";
        var named = json with { Owner = owner, Path = "" };
        var (count, dimensions, tasks) = (named.Member("n").Integer(0), named.Member("d").Integer(1), named.Member("m").Integer(1));
        var observations = new Observations(
            dimensions,
            tasks,
            named.Member("X").Matrix(count, "n", dimensions, "d"),
            [.. named.Member("task").List(count, "n").Select(entry => entry.Integer(0, tasks - 1))],
            named.Member("y").Vector(count, "n"));
        if (!needsHyperparameters)
        {
            return new GpCase(owner, name, observations, null, null, new Points(dimensions, []));
        }

        var hyperparameters = GpHyperparameters.Read(named.Member("hyper"), dimensions, tasks);
        var points = new Points(dimensions, named.Member("X_test").Matrix(null, "", dimensions, "d"));
        return new GpCase(owner, name, observations, hyperparameters.Value, hyperparameters.Loadings, points);
    }
}

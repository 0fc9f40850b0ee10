namespace Bitcurve.Search.Bench.Problems;

/// <summary>The problems by name.</summary>
public static class ProblemCatalogue
{
    public static readonly IReadOnlyList<string> Names = ["branin", "hartmann4", "borehole", "misleading", "vgg8", "resnet8"];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="resnet8Table">Where the table of <c>resnet8</c> is; null for the one that comes with the bench.</param>
    /// <exception cref="ArgumentException">Unknown name, or a table that cannot be read.</exception>
    public static QualityProblem Create(string name, string? resnet8Table) => name switch
    {
        "branin" => SyntheticProblem.Branin(),
        "hartmann4" => SyntheticProblem.Hartmann4(),
        "borehole" => SyntheticProblem.Borehole(),
        "misleading" => SyntheticProblem.Misleading(),
        "vgg8" => TableProblem.Read(name, Bundled(name)),
        "resnet8" => TableProblem.Read(name, resnet8Table ?? Bundled(name)),
        _ => throw new ArgumentException($"--problems: expected some of {string.Join(", ", Names)}, actual '{name}'"),
    };

    private static string Bundled(string network) => Path.Combine(AppContext.BaseDirectory, "tables", $"{network}_shapes32_table.csv");
}

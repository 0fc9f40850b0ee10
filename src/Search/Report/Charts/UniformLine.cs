namespace Bitcurve.Search.Report.Charts;

/// <summary>The reference line of the uniform networks. All its points are of one kind, so that its shape means something.</summary>
/// <param name="Source">What its accuracies are, for the legend.</param>
/// <param name="Points">Ascending memory.</param>
internal sealed record UniformLine(string Source, IReadOnlyList<(ReportedUniform Uniform, double Accuracy)> Points)
{
    /// <summary>
    /// The kind that is known for most widths: the model's estimates first, as in the thesis's Figure 5, then test accuracies.
    /// </summary>
    public static UniformLine Of(SearchReport report)
    {
        UniformLine[] kinds =
        [
            Kind(report, "model estimate", uniform => uniform.Estimate?.Mean),
            Kind(report, "test accuracy", uniform => uniform.TestAccuracy),
            Kind(report, "validation accuracy", uniform => uniform.Epochs == report.Tasks[^1] ? uniform.Accuracy : null),
        ];
        return kinds.MaxBy(kind => kind.Points.Count)!;
    }

    private static UniformLine Kind(SearchReport report, string source, Func<ReportedUniform, double?> accuracy) => new(
        source,
        [.. report.Uniform.Where(uniform => accuracy(uniform) is not null).Select(uniform => (uniform, accuracy(uniform)!.Value))]);
}

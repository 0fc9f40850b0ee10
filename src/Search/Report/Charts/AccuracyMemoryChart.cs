using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>The picture of the search: accuracy against memory (the thesis's Figure 5, with measurements as well as estimates).</summary>
internal sealed class AccuracyMemoryChart
{
    private readonly SearchReport report;
    private readonly PlotArea area = PlotArea.WithMargins(860, 520, 52, 34, 18, 48);
    private readonly LogarithmicScale memory;
    private readonly LossScale accuracy;
    private readonly LabelPlacement labels;

    private AccuracyMemoryChart(SearchReport report)
    {
        this.report = report;
        AccuracyRange range = AccuracyRange.OfOutcome(report);
        double[] sizes =
        [
            .. report.Uniform.Select(uniform => (double)uniform.MemoryBytes),
            .. report.Trials.Select(trial => (double)trial.MemoryBytes),
        ];
        memory = new LogarithmicScale(0.94 * sizes.Min() / 1000, 1.06 * sizes.Max() / 1000, area.Left, area.Right);
        accuracy = new LossScale(range.Minimum, range.Maximum, area.Bottom, area.Top);
        labels = new LabelPlacement(area);
    }

    public static XElement Draw(SearchReport report) => new AccuracyMemoryChart(report).Drawing();

    private XElement Drawing()
    {
        UniformLine uniform = UniformLine.Of(report);
        var front = new FrontShapes(report, area, X, Y);
        ReserveRoom(uniform);
        return Svg.Drawing(
            area.Width,
            area.Height,
            $"Accuracy against memory of {report.Workload}",
            Axes.Bottom(area, memory, $"memory of the {LevelWords.Stored(report)}, kB (logarithmic)", value => Figures.Short(value)),
            Axes.Left(area, accuracy, $"{report.Metric}, % (stretched towards the top)", Axes.PercentTick),
            Baseline(),
            front.Band(),
            LowerFidelities(),
            Svg.Polyline("uniform-line", uniform.Points.Select(point => (X(point.Uniform.MemoryBytes), Y(point.Accuracy)))),
            front.Line(),
            front.Intervals(),
            uniform.Points.Select(point => UniformMark(uniform, point)),
            report.Trials.Select(TrialMark),
            report.Verified.Select(VerifiedMark),
            Choice(),
            uniform.Points.Select(point => Label(
                "uniform-label", point.Uniform.MemoryBytes, point.Accuracy, $"{point.Uniform.LevelOrBits()}", firstDirection: 5)),
            report.Pareto.Select((member, index) => Label(
                "front-label", member.MemoryBytes, member.Accuracy, FrontLetters.Letter(index), firstDirection: 0)));
    }

    private double X(long bytes) => memory.At(bytes / 1000.0);

    private double Y(double fraction) => accuracy.At(fraction);

    private void ReserveRoom(UniformLine uniform)
    {
        foreach ((double x, double y) in report.Pareto.Select(member => (X(member.MemoryBytes), Y(member.Accuracy)))
            .Concat(uniform.Points.Select(point => (X(point.Uniform.MemoryBytes), Y(point.Accuracy))))
            .Concat(report.Verified
                .Where(result => result.Mean is not null)
                .Select(result => (X(result.MemoryBytes), Y(result.Mean!.Value)))))
        {
            labels.Avoid(x, y, radius: 4);
        }
    }

    private XElement? Baseline() => report.Baseline.Accuracy is not double fp32 ? null : Svg.Mark(
        $"FP32 on the validation split: {Figures.Percent(fp32)}, {Figures.Bytes(report.Baseline.MemoryBytes)}",
        Svg.Line("baseline", area.Left, Y(fp32), area.Right, Y(fp32)),
        Svg.Text("baseline-label", area.Left + 6, Y(fp32) + 14, $"FP32 {Figures.Percent(fp32)} (validation)"));

    private IEnumerable<XElement> LowerFidelities()
    {
        int highest = AccuracyRange.HighestFidelity(report);
        foreach (ReportedTrial trial in report.Trials)
        {
            foreach (ReportedMeasurement measured in trial.Measurements.Where(measured => measured.Epochs < highest))
            {
                string title = $"{report.TextOf(trial.Bits)} after {Figures.Plural(measured.Epochs, "epoch")}: "
                    + $"{Figures.Percent(measured.Accuracy)} (validation)";
                double x = X(trial.MemoryBytes);
                yield return measured.Accuracy < accuracy.Minimum
                    ? Svg.Hint(title + ", below the picture", Svg.Polygon(
                        "low below", [(x - 3, area.Bottom - 6), (x + 3, area.Bottom - 6), (x, area.Bottom - 1)]))
                    : Svg.Hint(title, Svg.Circle("low", x, Y(measured.Accuracy), 2.2));
            }
        }
    }

    private XElement UniformMark(UniformLine line, (ReportedUniform Uniform, double Accuracy) point) => Svg.Mark(
        $"Uniform {LevelWords.Uniform(report, point.Uniform)}: {Figures.Percent(point.Accuracy)} ({line.Source}), "
        + Figures.Bytes(point.Uniform.MemoryBytes),
        Svg.Rectangle("uniform", X(point.Uniform.MemoryBytes) - 4, Y(point.Accuracy) - 4, 8, 8));

    private XElement? TrialMark(ReportedTrial trial)
    {
        int highest = AccuracyRange.HighestFidelity(report);
        if (trial.Measurements.FirstOrDefault(measured => measured.Epochs == highest) is not ReportedMeasurement measured)
        {
            return null;
        }

        bool isFront = FrontLetters.Of(report, trial.Bits).Length > 0;
        return Svg.Mark(
            $"Trial {trial.Id}, {report.TextOf(trial.Bits)}: {Figures.Percent(measured.Accuracy)} after {highest} epochs (validation), "
            + $"{Figures.Bytes(trial.MemoryBytes)}; model {Figures.EstimateOf(trial.Estimate)}",
            Svg.Circle(isFront ? "trial front" : "trial", X(trial.MemoryBytes), Y(measured.Accuracy), isFront ? 4.5 : 3.6));
    }

    private XElement? VerifiedMark(ReportedVerification result)
    {
        if (result.Mean is not double mean || result.Bits.IsEmpty)
        {
            return null;
        }

        double x = X(result.MemoryBytes);
        string spread = result.Deviation is double sd ? $" {Figures.Deviation(sd)} over {result.Runs} runs" : " (1 run)";
        return Svg.Mark(
            $"Test, {report.TextOf(result.Bits)}: {Figures.Percent(mean)}{spread}, {Figures.Bytes(result.MemoryBytes)}",
            result.Deviation is double deviation ? Svg.Line("error", x, Y(mean - deviation), x, Y(mean + deviation)) : null,
            Svg.Diamond("verified", x, Y(mean), 4.5));
    }

    private XElement? Choice() => report.Chosen is not ReportedChoice chosen ? null : Svg.Mark(
        $"Chosen: {report.TextOf(chosen.Bits)}, {Figures.Percent(chosen.Accuracy)} (validation), {Figures.Bytes(chosen.MemoryBytes)}",
        Svg.Star("chosen", X(chosen.MemoryBytes), Y(chosen.Accuracy), 10));

    private XElement? Label(string names, long bytes, double fraction, string text, int firstDirection) =>
        labels.Place(X(bytes), Y(fraction), text, firstDirection) is (double left, double top)
            ? Svg.Text(names + " middle", left, top, text)
            : null;
}

using Bitcurve.Models.Data;
using Bitcurve.Models.Experiments;
using Bitcurve.Models.Tests.Data;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Experiments;

public sealed class ExperimentRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> said = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Measure_TwoSeeds_TellsMeansDeviationsAndThePublishedFigures()
    {
        var table = Run(new Counted(), 0, 1);

        // Seed 0 gives 1 and 10, seed 1 gives 3 and 20: means 2 and 15, deviations sqrt(2) and 5 sqrt(2).
        Assert.Equal(2, table.Rows[0].Mean(0));
        Assert.Equal(Math.Sqrt(2), table.Rows[0].Deviation(0)!.Value, 12);
        Assert.Null(table.Rows[1].Mean(1));
        Assert.Equal(
            """
            |        | IoU ↑           | Chamfer-L1 ↓ |
            |--------|-----------------|--------------|
            | first  | 2 ±1.414 (0.78) | 15 ±7.071    |
            | second | 0.5 ±0          | -            |

            """,
            table.ToMarkdown());
    }

    [Fact]
    public void Measure_Again_MeasuresOnlyWhatIsMissing()
    {
        var experiment = new Counted();
        Run(experiment, 0);
        Assert.Equal(2, experiment.Measured);

        Run(experiment, 0, 1);

        Assert.Equal(4, experiment.Measured);
    }

    [Fact]
    public void Measure_OnlySomeRows_LeavesTheOthersAlone()
    {
        var experiment = new Counted();
        var table = new ExperimentRun(experiment, WorkloadScale.Small, folder.Location, epochs: null, only: "SEC").Measure([0], CPU, said.Add, default);

        Assert.Equal("second", Assert.Single(table.Rows).Label);
        Assert.Equal(1, experiment.Measured);
        Assert.Equal(
            "--only: expected a part of a row's label (first; second), actual 'third'",
            Assert.Throws<ArgumentException>(() => new ExperimentRun(experiment, WorkloadScale.Small, folder.Location, epochs: null, only: "third").Measure([0], CPU, said.Add, default)).Message);
    }

    [Fact]
    public void Measure_ARowThatFails_KeepsTheRowsBefore()
    {
        var experiment = new Counted { FailsAt = "second" };
        Assert.Throws<InvalidOperationException>(() => Run(experiment, 0));

        experiment.FailsAt = null;
        Run(experiment, 0);

        Assert.Equal(2, experiment.Measured);
    }

    [Fact]
    public void Measure_AnotherExperimentInTheSameFolder_KeepsItsOwnFigures()
    {
        Run(new Counted(), 0);
        Run(new Counted("counted-again"), 0);

        var first = new Counted();
        Run(first, 0);

        Assert.Equal(0, first.Measured);
    }

    [Fact]
    public void Deviation_OfEqualFigures_IsNoneAtAll()
    {
        // The mean of three times 0.1 is not 0.1.
        Assert.Equal(0, new MeasuredRow("equal", [[0.1], [0.1], [0.1]], null).Deviation(0));
    }

    [Theory]
    [InlineData(1234567.0, "1.235e6")]
    [InlineData(405192.0, "405192")]
    [InlineData(12.3456, "12.346")]
    [InlineData(0.76923, "0.7692")]
    [InlineData(0.00111416, "0.001114")]
    [InlineData(-0.00012, "-0.00012")]
    [InlineData(0.0000242, "2.42e-5")]
    [InlineData(0.0, "0")]
    [InlineData(null, "-")]
    public void Text_OfAFigure_KeepsWhatCounts(double? figure, string text) => Assert.Equal(text, ExperimentTable.Text(figure));

    [Fact]
    public void Measure_FolderOfAnotherLength_SaysSo()
    {
        Run(new Counted(), 0);

        var error = Assert.Throws<DataFormatException>(() => new ExperimentRun(new Counted(), WorkloadScale.Small, folder.Location, epochs: 3).Measure([0], CPU, said.Add, default));

        Assert.EndsWith("figures: expected counted at small scale, 3 epochs, actual counted at small scale, full length", error.Message);
    }

    [Fact]
    public void Catalogue_EveryExperiment_HasRowsOfItsOwnWidth()
    {
        Assert.Equal(ExperimentCatalogue.All.Count, ExperimentCatalogue.All.Select(experiment => experiment.Name).Distinct().Count());
        Assert.All(ExperimentCatalogue.All, experiment =>
        {
            var rows = experiment.Rows(WorkloadScale.Small);
            Assert.NotEmpty(rows);
            Assert.All(rows, row => Assert.True(row.Published is null || row.Published.Count == experiment.Columns.Count, $"{experiment.Name}, {row.Label}"));
            Assert.Equal(rows.Count, rows.Select(row => row.Label).Distinct().Count());
        });
    }

    [Fact]
    public void Find_UnknownName_ListsThoseThereAre() =>
        Assert.StartsWith("unknown experiment 'nothing': expected one of ", Assert.Throws<ArgumentException>(() => ExperimentCatalogue.Find("nothing")).Message);

    private ExperimentTable Run(Experiment experiment, params IReadOnlyList<long> seeds) =>
        new ExperimentRun(experiment, WorkloadScale.Small, folder.Location, epochs: null).Measure(seeds, CPU, said.Add, default);

    // Figures by hand, and how many rows were measured.
    private sealed class Counted(string name = "counted") : Experiment
    {
        public int Measured { get; private set; }

        public string? FailsAt { get; set; }

        public override string Name => name;

        public override string Source => "no document";

        public override string Summary => "counts";

        public override IReadOnlyList<string> Columns => ["IoU ↑", "Chamfer-L1 ↓"];

        public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale) =>
        [
            new("first", stages => Count("first", 1 + (2 * stages.Seed), 10 + (10 * stages.Seed)), [0.78, null]),
            new("second", _ => Count("second", 0.5, null)),
        ];

        private double?[] Count(string row, params double?[] values)
        {
            if (row == FailsAt)
            {
                throw new InvalidOperationException(row);
            }

            Measured++;
            return values;
        }
    }
}

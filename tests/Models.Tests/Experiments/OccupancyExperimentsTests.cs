using Bitcurve.Models.Experiments;
using Bitcurve.Models.Experiments.Occupancy;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Tests.Experiments;

public class OccupancyExperimentsTests
{
    [Theory]
    [InlineData("onet-reconstruction", 2)]
    [InlineData("onet-frozen", 4)]
    [InlineData("onet-joint", 5)]
    [InlineData("onet-parallel", 2)]
    [InlineData("onet-holdout", 4)]
    public void Rows_OfEachTable_HaveAPublishedFigurePerColumnOrNone(string name, int rows)
    {
        var experiment = Assert.IsAssignableFrom<OccupancyExperiment>(ExperimentCatalogue.Find(name));

        Assert.Equal(rows, experiment.Rows(WorkloadScale.Small).Count);
        Assert.All(experiment.Rows(WorkloadScale.Full), row => Assert.True(row.Published is null || row.Published.Count == experiment.Columns.Count));
    }

    [Fact]
    public void Columns_OfADistance_PointDown()
    {
        Assert.Equal(["IoU ↑", "Chamfer-L1 ↓", "accuracy ↑"], new OccupancyFrozen().Columns);
    }
}

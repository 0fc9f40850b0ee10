using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Experiments;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Training.Scenes;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Tests.Workloads;

public class SceneSystemsTests
{
    [Theory]
    [InlineData("rangeudf@small", typeof(RoomScenes), SceneTask.Joint)]
    [InlineData("rangeudf/rooms-b", typeof(RoomScenes), SceneTask.Joint)]
    [InlineData("rangeudf/scannet:nowhere", typeof(RoomScenes), SceneTask.Joint)]
    public void Open_LoadsNothingAndLearnsBoth(string name, Type scenes, SceneTask task)
    {
        var problem = Assert.IsType<SceneProblem>(Workload.Open(name).Problem);

        Assert.IsType(scenes, problem.Scenes);
        Assert.Equal(task, problem.Settings.Task);
        Assert.Empty(problem.Layers);
    }

    [Fact]
    public void Open_OfFullScale_IsThePublishedNetworkAndRecipe()
    {
        var workload = Workload.Open("rangeudf/rooms-a");
        var settings = ((SceneProblem)workload.Problem).Settings;

        // Thesis 6.4.2 and 6.4.1.2; RangeUDF's heads.
        Assert.Equal((500, 12), (workload.Baseline.Epochs, workload.Baseline.BatchSize));
        Assert.Equal((50_000, 0.1f, 0.005f), (settings.QueriesPerScene, settings.LargestDistance, settings.Delta));
        Assert.Equal(PointTransformerDescription.Published.Widths, settings.Network.Encoder.Widths);
        Assert.Equal(4, settings.Network.Neighbours);
        Assert.Equal([512, 32, 32], settings.Network.DistanceWidths);
    }

    [Fact]
    public void Get_OfASmallRoom_HasWhatASceneHas()
    {
        var scenes = ((SceneProblem)Workload.Open("rangeudf/rooms-a@small").Problem).Scenes;

        var scene = scenes.Get(Split.Validation, 0);

        Assert.Equal(512, scene.Points.Length);
        Assert.Equal(scene.Queries.Length, scene.Distances.Length);
        Assert.Equal(scene.Surface.Length, scene.SurfaceLabels.Length);
        Assert.All(scene.QueryLabels, label => Assert.InRange(label, 0, scenes.ClassNames.Count - 1));
        Assert.All(scene.Distances, distance => Assert.InRange(distance, 0, 1.8f));
    }

    [Theory]
    [InlineData("context-features", 5)]
    [InlineData("context-cross", 6)]
    [InlineData("context-ablations", 8)]
    public void Rows_OfTheExperiments_HaveThePublishedFigures(string name, int rows)
    {
        var experiment = ExperimentCatalogue.Find(name);

        Assert.All(Enum.GetValues<WorkloadScale>(), scale =>
        {
            Assert.Equal(rows, experiment.Rows(scale).Count);
            Assert.All(experiment.Rows(scale), row => Assert.Equal(experiment.Columns.Count, row.Published!.Count));
        });
    }
}

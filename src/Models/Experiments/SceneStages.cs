using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Scenes;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Experiments;

/// <summary>The trainings that thesis ch. 6's tables are made of, each on the test split as its rows tell it.</summary>
internal static class SceneStages
{
    /// <summary>Reconstruction alone.</summary>
    /// <param name="stages">Where trainings are kept.</param>
    /// <param name="name">The stage's.</param>
    /// <param name="scenes">Data.</param>
    internal static TrainingRun Geometry(ExperimentStages stages, string name, SceneSet scenes) =>
        stages.Train(name, SceneSystems.Problem(scenes, stages.Scale, SceneTask.Geometry), SceneSystems.Recipe(stages.Scale));

    /// <summary>Segmentation that starts from the stage that reconstructed; trains that first where nobody has.</summary>
    internal static TrainingRun Semantics(
        ExperimentStages stages, string name, SceneSet scenes, SceneTask task, ContextDescription? context, string geometry, SceneSet geometryScenes)
    {
        Geometry(stages, geometry, geometryScenes).Dispose();
        return stages.Train(name, SceneSystems.Problem(scenes, stages.Scale, task, context), SceneSystems.Recipe(stages.Scale), startFrom: geometry);
    }

    /// <summary>Figures of the test split, in the order of their names; null for what the network has not learned.</summary>
    internal static IReadOnlyList<double?> Figures(TrainingRun run, params IReadOnlyList<string> names)
    {
        using (run)
        {
            var figures = run.EvaluateAll(Split.Test).ToDictionary(figure => figure.Name, figure => (double?)figure.Value);
            return [.. names.Select(name => figures.GetValueOrDefault(name))];
        }
    }
}

using System.Numerics;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Meshes from pictures (seed 001).</summary>
internal static class MeshSystems
{
    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new WorkloadFamily
        {
            Network = "mesh-refine",
            Source = "seed 001, sections 2 and 4",
            Summary = "reconstructs a surface from one picture: residual blocks that choose where to compute, then graph convolutions that move the vertices of a sphere",
            Metric = MeshRefinement.F1,
            Data = [new("views", "shaded pictures of ten kinds of solid, with surface points")],
            Open = (scale, _) => new(Problem(scale), Baseline(scale), FineTuning(scale)),
            Layers = scale => MeshRefineNetwork.Layers(OptionsOf(scale).Network),
        },
    ];

    /// <summary>The problem of a scale with other options, on the same pictures.</summary>
    internal static MeshRefinement Problem(WorkloadScale scale, MeshRefinementOptions? options = null) =>
        new(options ?? OptionsOf(scale), () => Views(scale == WorkloadScale.Full ? ViewsOptions.Full : ViewsOptions.Small));

    internal static MeshRefinementOptions OptionsOf(WorkloadScale scale) => scale == WorkloadScale.Full ? MeshRefinementOptions.Full : MeshRefinementOptions.Small;

    /// <summary>Full: Mesh R-CNN's on ShapeNet, Adam at 1e-4 for 25 epochs of batches of 32 (Gkioxari et al. 2019, section 4.1).</summary>
    internal static TrainingRecipe Baseline(WorkloadScale scale) => scale == WorkloadScale.Full
        ? Adam(25, 32, new LearningRateSchedule.Constant(1e-4))
        : Adam(6, 16, new LearningRateSchedule.WarmUpCosine(1e-4, 3e-3, 1e-5));

    private static TrainingRecipe FineTuning(WorkloadScale scale) => scale == WorkloadScale.Full
        ? Adam(5, 32, new LearningRateSchedule.Constant(1e-5))
        : Adam(5, 16, new LearningRateSchedule.Constant(3e-4));

    private static TrainingRecipe Adam(int epochs, int batchSize, LearningRateSchedule schedule) =>
        new(epochs, batchSize, schedule, false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    private static MeshViews Views(ViewsOptions options)
    {
        var samples = ViewsDataset.Load(options);
        var camera = samples.Train[0].Camera;
        return new MeshViews(new ViewCamera(camera.Range, 1 / camera.HalfWidth), split => [.. samples[split].Select(View)], () => samples.ContentHash);
    }

    private static MeshView View(ViewsSample sample)
    {
        bool[] covered = [.. sample.Depth.Select(depth => depth > 0)];
        return new(
            sample.Image,
            ImageBox.Around(covered, (int)Math.Sqrt(covered.Length)),
            [.. Vectors(sample.Surface).Select(sample.Camera.ToView).Select(seen => seen with { Z = sample.Camera.Range - seen.Z })],
            [.. Vectors(sample.Normals).Select(normal => Turned(normal, sample.Camera))]);
    }

    // z towards the camera.
    private static Vector3 Turned(Vector3 direction, Camera camera) =>
        new(Vector3.Dot(direction, camera.Right), Vector3.Dot(direction, camera.Up), -Vector3.Dot(direction, camera.Forward));

    private static IEnumerable<Vector3> Vectors(float[] coordinates) => coordinates.Chunk(3).Select(c => new Vector3(c[0], c[1], c[2]));
}

using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Occupancy;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Occupancy networks with heads (thesis ch. 5), from points and from images.</summary>
internal static class OccupancySystems
{
    private static readonly Lazy<OccupancyData> FullParts = new(() => OccupancySources.Parts(WorkloadScale.Full));
    private static readonly Lazy<OccupancyData> SmallParts = new(() => OccupancySources.Parts(WorkloadScale.Small));

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new()
        {
            Network = "onet",
            Source = "thesis ch. 5, Fig. 2 and Tables 2-8",
            Summary = "reconstructs shapes from noisy points as occupancy, names them and their parts; has no convolutions, so nothing to quantise",
            Metric = new Metric("IoU"),
            Data =
            [
                new("parts", "shapes of ten categories put together from labelled parts"),
                new("onet-npz", "the published folders of points.npz and pointcloud.npz; without parts, so without segmentation", IsFolder: true),
            ],
            Open = (scale, data) => new(PointProblem(scale, data), Recipe(scale), FineTuning(scale)),
            Layers = _ => [],
        },
        new()
        {
            Network = "onet-image",
            Source = "thesis ch. 5, Tables 3 and 5",
            Summary = "reconstructs shapes from one image as occupancy and names them",
            Metric = new Metric("IoU"),
            Data = [new("views", "rendered views of shapes of ten categories, with their voxels")],
            Open = (scale, _) => new(ImageProblem(scale), Recipe(scale), FineTuning(scale)),
            Layers = scale => OccupancyProblem.LayersOf(ImageArchitecture(scale)),
        },
    ];

    /// <summary>Points of the generated shapes with parts; made once per process.</summary>
    internal static Lazy<OccupancyData> PartsOf(WorkloadScale scale) => scale == WorkloadScale.Full ? FullParts : SmallParts;

    internal static OccupancyArchitecture PointArchitecture(WorkloadScale scale) =>
        scale == WorkloadScale.Full ? OccupancyArchitecture.FullPoints : OccupancyArchitecture.SmallPoints;

    internal static OccupancyOptions Options(WorkloadScale scale) => scale == WorkloadScale.Full ? OccupancyOptions.Full : OccupancyOptions.Small;

    /// <summary>Adam at 1e-4 (thesis 5.4), batches of 64 as Mescheder et al. (2019); neither tells epochs. Small: smaller batches, thirty times the rate, decaying.</summary>
    internal static TrainingRecipe Recipe(WorkloadScale scale) => scale == WorkloadScale.Full
        ? Adam(300, 64, new LearningRateSchedule.Constant(1e-4))
        : Adam(16, 8, new LearningRateSchedule.WarmUpCosine(3e-3, 3e-3, 1e-5));

    private static TrainingRecipe FineTuning(WorkloadScale scale) => scale == WorkloadScale.Full
        ? Adam(10, 64, new LearningRateSchedule.Constant(1e-5))
        : Adam(2, 16, new LearningRateSchedule.Constant(1e-4));

    private static TrainingRecipe Adam(int epochs, int batchSize, LearningRateSchedule schedule) =>
        new(epochs, batchSize, schedule, Nesterov: false, WeightDecay: 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    // All heads that the data have answers for, the decoders in parallel: the last row of the thesis's Table 6.
    private static OccupancyProblem PointProblem(WorkloadScale scale, WorkloadDataChoice data)
    {
        const OccupancyTasks withoutParts = OccupancyTasks.Reconstruction | OccupancyTasks.Classification;
        return data.Folder is { } folder
            ? new(new Lazy<OccupancyData>(() => OccupancySources.Npz(folder)), PointArchitecture(scale) with { Tasks = withoutParts }, Options(scale))
            : new(PartsOf(scale), PointArchitecture(scale) with { Tasks = withoutParts | OccupancyTasks.Segmentation }, Options(scale));
    }

    private static OccupancyProblem ImageProblem(WorkloadScale scale)
    {
        var architecture = ImageArchitecture(scale);
        return new(new Lazy<OccupancyData>(() => OccupancySources.Views(scale, architecture.ImageExtent)), architecture, Options(scale));
    }

    private static OccupancyArchitecture ImageArchitecture(WorkloadScale scale) =>
        (scale == WorkloadScale.Full ? OccupancyArchitecture.FullImage : OccupancyArchitecture.SmallImage)
        with
        { Tasks = OccupancyTasks.Reconstruction | OccupancyTasks.Classification };
}

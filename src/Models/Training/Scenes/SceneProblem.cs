using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>Unsigned distances and semantic classes of scenes from sparse points (RangeUDF; thesis ch. 6).</summary>
public sealed class SceneProblem : LearningProblem
{
    /// <summary>Intersection over union, averaged over classes, at points of the true surface.</summary>
    public static readonly Metric MeanIoU = new("mIoU");

    /// <summary>Of the reconstructed surface: what there is to judge where no classes are learned.</summary>
    public static readonly Metric SurfaceF1 = new("F1");

    private readonly ConcurrentDictionary<(Split Split, int Index), Lazy<PreparedScene>> prepared = [];

    /// <param name="scenes">Loaded when first needed.</param>
    /// <param name="settings">Whose network has a semantic head if and only if classes are learned.</param>
    /// <exception cref="ArgumentException">The network does not suit task and classes.</exception>
    public SceneProblem(SceneSet scenes, SceneSettings settings)
    {
        var expected = settings.Task == SceneTask.Geometry ? 0 : scenes.ClassNames.Count;
        if (settings.Network.Classes != expected || settings.Network.WeighsTasks != (settings.Task == SceneTask.Joint))
        {
            throw new ArgumentException(
                $"{settings.Task} of scenes: expected a network for {expected} classes that weighs tasks in joint training only, actual {settings.Network.Classes}, weighing: {settings.Network.WeighsTasks}");
        }

        (Scenes, Settings) = (scenes, settings);
    }

    public SceneSet Scenes { get; }

    public SceneSettings Settings { get; }

    public override Metric Metric => Settings.Task == SceneTask.Geometry ? SurfaceF1 : MeanIoU;

    public override int TrainCount => Scenes.Count(Split.Train);

    public override int FineTuneCount => TrainCount;

    /// <summary>None: the layers are linear.</summary>
    public override IReadOnlyList<QuantizedLayer> Layers => [];

    public override string ContentHash
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"bitcurve-scenes/1 {Scenes.ContentHash} {Settings.Task} {Settings.QueriesPerScene} {Settings.LargestDistance} {Settings.Delta} {Settings.SurfacePoints} {Settings.ReconstructedScenes}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    public override TrainableNetwork CreateNetwork(SeriesScheme? series = null) => series is null
        ? new RangeUdfNetwork(Settings.Network)
        : throw new ArgumentException("rangeudf has no kernels that series could stand for");

    public override LearningSession Open(TrainableNetwork network, Device device) => OpenScenes((RangeUdfNetwork)network, device);

    /// <summary>As <see cref="Open"/>, with what only scenes have.</summary>
    public SceneSession OpenScenes(RangeUdfNetwork network, Device device) => new(this, network, device);

    internal PreparedScene Prepared(Split split, int index) => prepared.GetOrAdd(
        (split, index),
        key => new(() => new PreparedScene(Scenes.Get(key.Split, key.Index), Settings.Network, Settings.SurfacePoints))).Value;
}

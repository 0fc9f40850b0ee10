using Bitcurve.Models.Data;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

/// <summary>Few images and small batches: an epoch of four steps.</summary>
internal static class SmallTraining
{
    public static readonly ImageSplits Images = Shapes32.Generate(new Shapes32Options { TrainCount = 128, ValidationCount = 50, TestCount = 50, FineTuneCount = 64 });

    public static readonly TrainingRecipe Recipe = TrainingRecipe.ShapesFineTuning with { BatchSize = 16 };

    /// <summary>FP32 weights of a network as it was drawn.</summary>
    public static SafetensorsFile Baseline(string network)
    {
        using var run = TrainingRun.FromScratch(new ImageClassification(network, Images), Recipe, 1, CPU);
        return SafetensorsFile.Open(new MemoryStream(Bytes(run)));
    }

    /// <summary>The run's checkpoint.</summary>
    public static byte[] Bytes(TrainingRun run)
    {
        using var stream = new MemoryStream();
        run.Save(stream);
        return stream.ToArray();
    }
}

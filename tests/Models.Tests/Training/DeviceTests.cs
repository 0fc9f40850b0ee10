using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using static Bitcurve.Models.Tests.Training.SmallTraining;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

/// <summary>The same training on every device, and with the products of convolutions in bfloat16.</summary>
[Collection(nameof(GlobalGenerator))]
public class DeviceTests
{
    // Sums are rounded in another order on another device; one flipped quantisation step shows much more than that.
    [Theory]
    [InlineData("8,4,0,3,2,2,1", "3,3,2,2,2,2,3")]
    [InlineData("8,8,8,8,8,8,8", "3,3,3,3,3,3,3")]
    public void TrainEpoch_OnCuda_StaysCloseToTheCpu(string bits, string harmonics)
    {
        Assert.SkipUnless(cuda.is_available(), "this libtorch sees no CUDA device");
        using var start = Baseline("resnet8");

        var (onCpu, loss) = Train(start, CPU, ComputePrecision.Fp32, bits, harmonics);
        var (onCuda, cudaLoss) = Train(start, device("cuda:0"), ComputePrecision.Fp32, bits, harmonics);

        Assert.Equal(loss, cudaLoss, 1e-2);
        Assert.All(onCpu.Zip(onCuda), weight => Assert.Equal(weight.First, weight.Second, 1e-3));
    }

    [Fact]
    public void TrainEpoch_Bf16_StaysNearAndIsNotTheSame()
    {
        using var start = Baseline("resnet8");

        var (single, loss) = Train(start, CPU, ComputePrecision.Fp32, "8,4,0,3,2,2,1", "3,3,2,2,2,2,3");
        var (half, halfLoss) = Train(start, CPU, ComputePrecision.Bf16, "8,4,0,3,2,2,1", "3,3,2,2,2,2,3");

        Assert.NotEqual(single, half);
        Assert.Equal(loss, halfLoss, 0.1);
        Assert.InRange(single.Zip(half, (a, b) => Math.Abs(a - b)).Max(), 0, 0.05);
    }

    [Fact]
    public void Bf16_BlockFloatingPointActivations_AreExact()
    {
        // Eight magnitude bits and a common exponent are what bfloat16 holds, so only the weights lose.
        using var scope = NewDisposeScope();
        manual_seed(3);
        var x = BlockFloatingPoint.Quantize(randn([2, 64, 5, 5]), 8);

        Assert.Equal(x.data<float>().ToArray(), x.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32).data<float>().ToArray());
    }

    private static (float[] Weights, double Loss) Train(SafetensorsFile start, Device on, ComputePrecision precision, string bits, string harmonics)
    {
        using var run = TrainingRun.FineTuning(
            new ImageClassification("resnet8", Images), Recipe, [.. bits.Split(',').Select(int.Parse)], QuantizerOptions.Default, 3, on, SeriesScheme.Parse(SeriesKind.Cosine, harmonics));
        run.LoadWeights(start, "start");
        run.Network.ComputeIn(precision);
        var loss = run.TrainEpoch(null, default);
        return ([.. run.Network.Convolutions.SelectMany(c => c.Layer.Weight.data<float>().ToArray())], loss);
    }
}

using Bitcurve.Models.Networks.Dynamic;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Dynamic;

[Collection(nameof(GlobalGenerator))]
public class GumbelGateTests
{
    [Fact]
    public void Sample_ByHand_IsHardWithTheGradientOfTheSigmoid()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([0.5f, -2f, 1f, 0f]).with_requires_grad();
        var noise = tensor([0.5f, 1f, -3f, 0f]);

        var decisions = GumbelGate.Sample(logits, noise);
        (decisions * tensor([1f, 2f, 3f, 4f])).sum().backward();

        // sigmoid of 1, -1, -2, 0 is 0.731059, 0.268941, 0.119203, 0.5; its derivative s (1 - s) = 0.196612, 0.196612, 0.104994, 0.25.
        Assert.Equal([1f, 0f, 0f, 1f], decisions.data<float>().ToArray());
        float[] expected = [0.196612f, 2 * 0.196612f, 3 * 0.104994f, 4 * 0.25f];
        Assert.All(logits.grad!.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Sample_WithATemperature_DividesTheLogits()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([1f]).with_requires_grad();

        GumbelGate.Sample(logits, zeros([1]), temperature: 2).sum().backward();

        Assert.Equal(0.235004 / 2, logits.grad!.item<float>(), 1e-5); // s (1 - s) at 0.5, over 2
    }

    [Fact]
    public void Decide_IsTheSignOfTheLogit_ZeroCountingAsYes()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([1f, 1f, 0f, 0f], GumbelGate.Decide(tensor([3f, 0f, -1e-6f, -2f])).data<float>().ToArray());
    }

    [Fact]
    public void Noise_IsLogistic_SoThatAYesHasTheProbabilityOfTheSigmoid()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var logits = full([20000], 1.0);

        var share = GumbelGate.Sample(logits, GumbelGate.Noise(logits)).mean().item<float>();

        Assert.Equal(0.7311, share, 0.0126); // 4 standard errors of 20,000 draws
    }
}

using Bitcurve.Models.Networks.Dynamic;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Dynamic;

public class SparsityLossTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.04 + ((0.01 + 0.25) / 2))] // p = 1: both bounds are the budget: (0.4 - 0.5)^2, (1 - 0.5)^2
    [InlineData(0.5, 0.0, 0.04 + (0.0625 / 2))]        // p = 1/2: bounds 0.25 and 0.75: 0 and (1 - 0.75)^2
    [InlineData(1.0, 0.0, 0.04)]                       // no bounds
    [InlineData(1.0, 1.0, 0.04)]
    public void Of_ByHand_IsTheBudgetTermAndTheBounds(double progress, double shift, double expected)
    {
        using var scope = NewDisposeScope();

        // Mean 0.7, budget 0.5. With a shift the same mean from other blocks: without bounds only the mean counts.
        var loss = SparsityLoss.Of([tensor(0.4f + (0.1f * (float)shift)), tensor(1f - (0.1f * (float)shift))], 0.5, progress);

        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Of_Gradient_IsByHand()
    {
        using var scope = NewDisposeScope();
        var low = tensor(0.1f).with_requires_grad();
        var high = tensor(0.5f).with_requires_grad();

        SparsityLoss.Of([low, high], 0.4, 0).backward();

        // (mean - theta) = -0.1; each 2 * -0.1 / 2; bounds at p = 1: low -2 * 0.3 / 2, high 2 * 0.1 / 2.
        Assert.Equal(-0.1 - 0.3, low.grad!.item<float>(), 1e-6);
        Assert.Equal(-0.1 + 0.1, high.grad!.item<float>(), 1e-6);
    }

    [Fact]
    public void Of_BudgetOrProgressOutsideTheRange_IsRefused()
    {
        using var scope = NewDisposeScope();
        var density = tensor(0.5f);

        Assert.Throws<ArgumentException>(() => SparsityLoss.Of([], 0.5, 0));
        Assert.Equal("sparsity loss: expected budget and progress in [0,1], actual 1.5 and 0", Assert.Throws<ArgumentException>(() => SparsityLoss.Of([density], 1.5, 0)).Message);
        Assert.Throws<ArgumentException>(() => SparsityLoss.Of([density], 0.5, double.NaN));
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Torch.Tests;

public class ModuleTests
{
    [Fact]
    public void StateDict_NestedModules_NamesByPath()
    {
        using var block = new Block();

        Assert.Equal(
            ["bn.bias", "bn.num_batches_tracked", "bn.running_mean", "bn.running_var", "bn.weight", "fc.bias", "fc.weight"],
            block.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RegisterModule_SameNameTwice_Throws()
    {
        using var block = new Block();
        using var another = nn.Linear(1, 1);

        Assert.Contains("fc", Assert.Throws<InvalidOperationException>(() => block.register_module("fc", another)).Message);
    }

    [Fact]
    public void Eval_OnParent_ReachesChildren()
    {
        using var block = new Block();
        block.eval();

        Assert.All(block.named_modules(), m => Assert.False(m.module.training));
    }

    [Fact]
    public void BatchNorm_TrainingStep_MovesRunningMeanByMomentum()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.BatchNorm2d(1);
        norm.call(full([2, 1, 2, 2], 5.0));

        Assert.Equal(0.5f, norm.running_mean!.data<float>()[0], 1e-6f);
    }

    [Fact]
    public void BatchNorm_Passes_CountsThoseInTraining()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.BatchNorm2d(1);
        norm.call(ones([2, 1, 2, 2]));
        norm.call(ones([2, 1, 2, 2]));
        norm.eval();
        norm.call(ones([2, 1, 2, 2]));

        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void RegisterModule_FieldUnderAnotherName_IsRegisteredUnderItsOwnToo()
    {
        using var outer = new Outer();

        Assert.Equal(["child", "child.fc", "child.bn", "child.renamed"], outer.named_modules().Select(m => m.name));
        Assert.Equal(["child.fc.weight", "child.fc.bias", "child.bn.weight", "child.bn.bias"], outer.named_parameters().Select(p => p.name));
        Assert.Contains("child.renamed.weight", outer.state_dict().Keys);
    }

    [Fact]
    public void NamedModules_OfATree_GivesChildrenBeforeGrandchildren()
    {
        using var tree = new Pair(new Outer(), new Outer());

        Assert.Equal(["first", "second", "first.child", "first.child.fc"], tree.named_modules().Select(m => m.name).Take(4));
    }

    [Theory]
    [InlineData(false, new[] { 0.8f, 0.422f })]
    [InlineData(true, new[] { 0.62f, 0.08522f })]
    public void Sgd_TwoStepsOfAConstantGradient_FollowsPyTorchsDefinition(bool nesterov, float[] expected)
    {
        // w = 1, gradient 1.9, weight decay 0.1: g1 = 2. By hand: buf1 = 2, w1 = 1 - 0.1 x 2 (plain) or 1 - 0.1 (2 + 0.9 x 2) (Nesterov).
        using var scope = NewDisposeScope();
        using var weight = new Parameter(ones([1]));
        using var optimizer = optim.SGD([weight], 0.1, momentum: 0.9, weight_decay: 0.1, nesterov: nesterov);
        foreach (var value in expected)
        {
            optimizer.zero_grad();
            (weight * 1.9).sum().backward();
            optimizer.step();

            Assert.Equal(value, weight.data<float>()[0], 1e-5f);
        }
    }

    // Gradients with weight decay 0.1: 1.9 + 0.1 x 1 = 2, then 5.91 + 0.1 x 0.9 = 6. The first step is the learning rate whatever the size.
    // Second, by hand: m = (0.9 x 0.2 + 0.1 x 6) / 0.19 = 4.105263; v = (0.999 x 0.004 + 0.001 x 36) / 0.001999 = 20.008 with beta2 = 0.999,
    // (0.99 x 0.04 + 0.01 x 36) / 0.0199 = 20.0804 with 0.99; step 0.1 m / sqrt v.
    [Theory]
    [InlineData(0.999, 0.8082219f)]
    [InlineData(0.99, 0.8083875f)]
    public void Adam_TwoSteps_FollowsTheAlgorithm(double beta2, float expected)
    {
        using var scope = NewDisposeScope();
        using var weight = new Parameter(ones([1]));
        using var optimizer = optim.Adam([weight], 0.1, beta2: beta2, weight_decay: 0.1);
        foreach (var (slope, after) in new[] { (1.9, 0.9f), (5.91, expected) })
        {
            optimizer.zero_grad();
            (weight * slope).sum().backward();
            optimizer.step();

            Assert.Equal(after, weight.data<float>()[0], 1e-6f);
        }
    }

    [Fact]
    public void Conv2d_ChannelsLastByPermutation_EqualsPlain()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var x = randn([2, 4, 5, 5]);
        var weight = randn([3, 4, 3, 3]);
        var last = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var difference = (nn.functional.conv2d(x, weight, padding: [1]) - nn.functional.conv2d(last, weight, padding: [1])).abs().max();

        // Two summation orders of 36 products of unit normals in single precision.
        Assert.InRange(difference.item<float>(), 0, 1e-4f);
    }

    private sealed class Pair : nn.Module
    {
        internal Pair(nn.Module first, nn.Module second)
            : base(nameof(Pair))
        {
            register_module("first", first);
            register_module("second", second);
        }
    }

    private sealed class Outer : nn.Module
    {
        internal Outer()
            : base(nameof(Outer)) => register_module("child", new Block());
    }

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Linear renamed;

        internal Block()
            : base(nameof(Block))
        {
            register_module("fc", renamed = nn.Linear(2, 3));
            register_module("bn", nn.BatchNorm2d(3));
        }

        public override Tensor forward(Tensor input) => renamed.call(input);
    }
}

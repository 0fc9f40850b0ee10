using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Torch.Tests;

// Counts live handles of the whole process, so nothing else may run beside it.
[Collection(nameof(LifetimeTests))]
[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
public class LifetimeTests
{
    [Fact]
    public void Scope_Closed_DisposesAllButTheMoved()
    {
        Tensor kept;
        Tensor dropped;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                dropped = ones([2]);
                kept = ones([2]).MoveToOuterDisposeScope();
            }

            Assert.True(dropped.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.Equal(1, outer.DisposablesCount);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Handle_AfterDispose_Throws()
    {
        var tensor = ones([2]);
        tensor.Dispose();

        Assert.ThrowsAny<InvalidOperationException>(() => tensor + 1);
    }

    [Fact]
    public void Parameter_OfATensorInAScope_TakesItsPlaceThere()
    {
        Parameter dropped;
        Parameter kept;
        using (NewDisposeScope())
        {
            dropped = new Parameter(ones([2]));
            kept = new Parameter(ones([2]));
            kept.DetachFromDisposeScope();
        }

        using (kept)
        {
            Assert.True(dropped.IsInvalid);
            Assert.False(kept.IsInvalid);
        }
    }

    [Fact]
    public void Layers_BuiltInAScope_OutliveIt()
    {
        nn.Module linear;
        nn.Module norm;
        using (NewDisposeScope())
        {
            linear = nn.Linear(2, 3);
            norm = nn.BatchNorm2d(3);
        }

        using (linear)
        using (norm)
        {
            Assert.All([.. linear.state_dict().Values, .. norm.state_dict().Values], t => Assert.False(t.IsInvalid));
        }
    }

    [Fact]
    public void TrainingSteps_Many_LeaveNoTensorBehind()
    {
        using var layer = nn.Linear(4, 2);
        using var optimizer = optim.SGD(layer.parameters(), 0.1, momentum: 0.9);
        Step(layer, optimizer);
        var before = Tensor.TotalCount;
        for (var k = 0; k < 50; k++)
        {
            Step(layer, optimizer);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Step(nn.Module<Tensor, Tensor> layer, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        nn.functional.cross_entropy(layer.call(ones([3, 4])), tensor([0L, 1L, 1L])).backward();
        optimizer.step();

        // The gradients outlive the step with their parameters; they are not this test's subject.
        optimizer.zero_grad();
    }
}

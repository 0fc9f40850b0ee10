using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Torch.Tests;

// One of them seeds the process's one generator, so nothing else may draw from it meanwhile.
[Collection(nameof(LifetimeTests))]
public class OperatorTests
{
    [Fact]
    public void Call_WrongShapes_SaysBothSizesInOneException()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones([2, 3]).add(ones([2, 4])));

        Assert.Contains("(3)", error.Message);
        Assert.Contains("(4)", error.Message);
    }

    [Fact]
    public void Arithmetic_IntegerTensor_KeepsItsType()
    {
        using var scope = NewDisposeScope();
        var sum = tensor([1L, 2L, 3L]) + 1;

        Assert.Equal(ScalarType.Int64, sum.dtype);
        Assert.Equal([2L, 3L, 4L], sum.data<long>().ToArray());
    }

    [Fact]
    public void Round_Halves_GoesToEven()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([-2f, -0f, 0f, 2f, 2f], tensor([-1.5f, -0.5f, 0.5f, 1.5f, 2.5f]).round().data<float>().ToArray());
    }

    [Theory]
    [InlineData(1f, 0.5f, 1)]
    [InlineData(0.75f, 0.75f, 0)]
    [InlineData(-8f, -0.5f, 4)]
    [InlineData(0f, 0f, 0)]
    public void Frexp_Value_SplitsMantissaAndExponent(float value, float mantissa, int exponent)
    {
        using var scope = NewDisposeScope();
        var (m, e) = tensor([value]).frexp();

        Assert.Equal(mantissa, m.data<float>()[0]);
        Assert.Equal(exponent, e.data<int>()[0]);
    }

    [Fact]
    public void Backward_ProductOfLeaves_GivesTheOtherFactor()
    {
        using var scope = NewDisposeScope();
        var a = tensor([2f, 3f]).with_requires_grad();
        var b = tensor([5f, 7f]).with_requires_grad();

        (a * b).sum().backward();

        Assert.Equal([5f, 7f], a.grad!.data<float>().ToArray());
        Assert.Equal([2f, 3f], b.grad!.data<float>().ToArray());
    }

    [Fact]
    public void NoGrad_Nested_RestoresTheOuterMode()
    {
        using var scope = NewDisposeScope();
        var a = tensor([2f]).with_requires_grad();
        using (no_grad())
        {
            Assert.False((a * a).requires_grad);
        }

        Assert.True((a * a).requires_grad);
    }

    [Fact]
    public void VectorNorm_Infinity_IsTheLargestMagnitude()
    {
        using var scope = NewDisposeScope();
        var norm = linalg.vector_norm(tensor([1f, -4f, 3f, 2f], [2, 2]), double.PositiveInfinity, [1], keepdim: true);

        Assert.Equal([2L, 1L], norm.shape);
        Assert.Equal([4f, 3f], norm.data<float>().ToArray());
    }

    [Fact]
    public void Data_WrongElementType_NamesBoth()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => ones([2]).data<double>());

        Assert.Contains("Float32", error.Message);
        Assert.Contains("Double", error.Message);
    }

    [Fact]
    public void FromElements_ShapeThatNeedsMore_SaysBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => tensor([1f, 2f, 3f], [2, 2]));

        Assert.Contains("4", error.Message);
        Assert.Contains("3", error.Message);
    }

    [Fact]
    public void Data_OtherTypeOfTheSameSize_Throws()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => ones([2]).data<int>());
    }

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    public void Device_Description_Parses(string text, DeviceType type, int index)
    {
        var parsed = new Device(text);

        Assert.Equal((type, index, text), (parsed.type, parsed.index, parsed.ToString()));
    }

    [Fact]
    public void ManualSeed_Repeated_RepeatsTheStream()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var first = empty([8]).uniform_(-1, 1).data<float>().ToArray();
        manual_seed(7);

        Assert.Equal(first, empty([8]).uniform_(-1, 1).data<float>().ToArray());
    }
}

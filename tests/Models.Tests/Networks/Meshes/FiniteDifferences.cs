using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Meshes;

/// <summary>Compares gradients with central differences, element by element.</summary>
internal static class FiniteDifferences
{
    /// <param name="inputs">Leaves; changed and put back.</param>
    /// <param name="loss">One element, from the inputs' present values.</param>
    /// <param name="step">Change in each direction; single precision wants no less than about 1e-3 of the values' size.</param>
    /// <param name="tolerance">Largest difference, relative to the largest gradient of an input.</param>
    internal static void Check(IReadOnlyList<Tensor> inputs, Func<Tensor> loss, double step, double tolerance)
    {
        foreach (var input in inputs)
        {
            input.requires_grad = true;
            input.grad = null;
        }

        loss().backward();
        foreach (var input in inputs)
        {
            var gradient = input.grad!.contiguous().data<float>().ToArray();
            var scale = Math.Max(gradient.Max(Math.Abs), 1e-3f);
            for (var k = 0; k < gradient.Length; k++)
            {
                var difference = (Value(input, k, step) - Value(input, k, -step)) / (2 * step);
                Assert.True(Math.Abs(difference - gradient[k]) <= tolerance * scale, $"element {k} of {gradient.Length}: gradient {gradient[k]}, difference {difference}");
            }
        }

        double Value(Tensor input, int element, double change)
        {
            using var scope = NewDisposeScope();
            using var recording = no_grad();
            var flat = new float[input.numel()];
            flat[element] = (float)change;
            var shift = tensor(flat, input.shape);
            input.add_(shift);
            var value = loss().item<float>();
            input.add_(shift, -1);
            return value;
        }
    }
}

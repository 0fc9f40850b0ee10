using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>The category of an encoded shape: two layers (thesis 5.4.2); the hidden one, whose width the thesis does not tell, is as wide as the encoding.</summary>
internal sealed class ShapeClassifier : nn.Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;

    internal ShapeClassifier(int encodingWidth, int categories)
        : base(nameof(ShapeClassifier))
    {
        register_module("first", first = nn.Linear(encodingWidth, encodingWidth));
        register_module("second", second = nn.Linear(encodingWidth, categories));
    }

    /// <param name="input">N x c.</param>
    /// <returns>N x K, logits.</returns>
    public override Tensor forward(Tensor input) => second.call(first.call(input).relu());
}

using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>Makes modules of placed blocks and registers them under their names.</summary>
internal sealed class ModuleAssembly
{
    private readonly nn.Module top;
    private readonly Dictionary<string, SeriesExpansion> series = new(StringComparer.Ordinal);

    /// <param name="top">The network itself: tells the blocks whether it trains.</param>
    /// <param name="scheme">Series in place of kernels; null for none.</param>
    /// <param name="blueprint">All layers.</param>
    /// <exception cref="ArgumentException">The series do not fit the kernels.</exception>
    internal ModuleAssembly(nn.Module top, SeriesScheme? scheme, Blueprint blueprint)
    {
        this.top = top;
        if (scheme is null)
        {
            return;
        }

        List<KernelGeometry> kernels = [.. blueprint.Convolutions.Select(KernelGeometry.Of)];
        foreach (var (kernel, harmonics) in kernels.Zip(scheme.Over(kernels)))
        {
            // As many harmonics as positions are the kernel in other coordinates: it stays as it is.
            if (harmonics is not null && !harmonics.SequenceEqual(kernel.Extents))
            {
                series[kernel.Layer] = new SeriesExpansion(scheme.Kind, harmonics, kernel.Extents);
            }
        }
    }

    /// <summary>Where <see cref="FeatureTap"/> puts what passes; null to keep nothing.</summary>
    internal List<Tensor>? Features { get; set; }

    /// <summary>By path.</summary>
    internal Dictionary<string, QuantizableConvolution> Convolutions { get; } = new(StringComparer.Ordinal);

    /// <summary>What the block computes; its modules become part of <paramref name="parent"/>.</summary>
    internal Func<Tensor, Tensor> Assemble(PlacedBlock placed, nn.Module parent)
    {
        switch (placed.Block)
        {
            case Named named:
                return AssembleNamed(named, placed, parent);
            case Stage:
                return Assemble(placed.Parts[0], parent);
            case Sequence:
                var steps = placed.Parts.Select(part => Assemble(part, parent)).ToList();
                return x => steps.Aggregate(x, (value, step) => step(value));
            case Residual residual:
                var body = Assemble(placed.Parts[0], parent);
                Func<Tensor, Tensor> shortcut = residual.Shortcut is null ? x => x : Assemble(placed.Parts[1], parent);
                return x => body(x) + shortcut(x);
            case Concatenation:
                var branches = placed.Parts.Select(branch => Assemble(branch, parent)).ToList();
                return x => cat(branches.ConvertAll(branch => branch(x)), 1);
            case LayerScale scale:
                return AssembleScale(scale, placed, parent);
            default:
                return Functional(placed);
        }
    }

    private Func<Tensor, Tensor> AssembleNamed(Named named, PlacedBlock placed, nn.Module parent)
    {
        var inner = placed.Parts[0];
        nn.Module<Tensor, Tensor>? layer = inner.Block switch
        {
            Convolution convolution => Convolutions[inner.Path] = new QuantizableConvolution(convolution, inner.InputsPerGroup, series.GetValueOrDefault(inner.Path)),
            TransposedConvolution transposed => new TransposedLayer(transposed, inner.Input[0]),
            Architecture.BatchNorm norm => NormOf(norm, inner),
            LayerNorm norm => new ChannelNorm(inner.Input[0], norm.Epsilon),
            FullyConnected connected => nn.Linear(inner.Input[0], connected.Outputs, connected.HasBias),
            _ => null,
        };
        if (layer is not null)
        {
            parent.register_module(named.Name, layer);
            return layer.call;
        }

        // Parts of one scope may be named one by one (layers.0, layers.1).
        var known = parent.named_children().FirstOrDefault(child => child.name == named.Name).module;
        if (known is null)
        {
            parent.register_module(named.Name, known = new Scope());
        }

        return Assemble(inner, known);
    }

    private static TorchSharp.Modules.BatchNorm NormOf(Architecture.BatchNorm norm, PlacedBlock placed) => placed.Input.Count switch
    {
        1 or 2 => nn.BatchNorm1d(placed.Input[0], norm.Epsilon, norm.Momentum),
        3 => nn.BatchNorm2d(placed.Input[0], norm.Epsilon, norm.Momentum),
        4 => nn.BatchNorm3d(placed.Input[0], norm.Epsilon, norm.Momentum),
        _ => throw new ArgumentException($"{placed.Path}: expected an input of at most 3 axes, actual {Placement.Text(placed.Input)}"),
    };

    private static Func<Tensor, Tensor> AssembleScale(LayerScale scale, PlacedBlock placed, nn.Module parent)
    {
        using var scope = NewDisposeScope();
        var factors = new Parameter(full([placed.Input[0], 1, 1], scale.Initial));
        parent.register_parameter("layer_scale", factors);
        factors.DetachFromDisposeScope();

        // Looked up by name at each step, because TorchSharp replaces the parameters of a module that moves to a device.
        return x => x * parent.named_parameters(recurse: false).First(p => p.name == "layer_scale").parameter;
    }

    private Func<Tensor, Tensor> Functional(PlacedBlock placed) => placed.Block switch
    {
        Relu => x => x.relu(),
        Gelu => x => nn.functional.gelu(x),
        LeakyRelu leaky => x => nn.functional.leaky_relu(x, leaky.Slope),
        MaxPool pool => PoolOf(pool, placed),
        Flatten => x => x.flatten(1),
        Reshape reshape => x => x.reshape([x.shape[0], .. reshape.Shape.Select(extent => (long)extent)]),
        Dropout dropout => x => top.training ? nn.functional.dropout(x, dropout.Probability) : x,
        FeatureTap => Tap,
        GlobalAverage => x => x.mean([.. Enumerable.Range(2, placed.Input.Count - 1).Select(axis => (long)axis)]),
        PadShortcut shortcut => x => Padded(x, shortcut, placed),
        StochasticDepth depth => x => top.training && depth.Probability > 0 ? Dropped(x, depth.Probability) : x,
        _ => throw new NotSupportedException($"{placed.Path}: {placed.Block.GetType().Name} has weights, so it needs a name of its own"),
    };

    private Tensor Tap(Tensor x)
    {
        Features?.Add(x);
        return x;
    }

    private static Func<Tensor, Tensor> PoolOf(MaxPool pool, PlacedBlock placed)
    {
        long[] Everywhere(int extent) => [.. Enumerable.Repeat((long)extent, placed.Input.Count - 1)];
        var (kernel, stride, padding) = (Everywhere(pool.Kernel), Everywhere(pool.Stride), Everywhere(pool.Padding));
        return kernel.Length switch
        {
            2 => x => nn.functional.max_pool2d(x, kernel, stride, padding),
            3 => x => nn.functional.max_pool3d(x, kernel, stride, padding),
            _ => throw new ArgumentException($"{placed.Path}: expected an input of 2 or 3 axes, actual {Placement.Text(placed.Input)}"),
        };
    }

    private static Tensor Padded(Tensor x, PadShortcut shortcut, PlacedBlock placed)
    {
        var axes = placed.Input.Count - 1;
        var sampled = Enumerable.Range(2, axes).Aggregate(x, (value, axis) => value.slice(axis, 0, value.shape[axis], shortcut.Stride));
        var added = shortcut.Outputs - placed.Input[0];
        return nn.functional.pad(sampled, [.. new long[2 * axes], added / 2, added - (added / 2)]);
    }

    // One draw per image; what remains is scaled up, so that evaluation needs no correction.
    private static Tensor Dropped(Tensor x, double probability)
    {
        var keep = 1 - probability;
        using var scope = NewDisposeScope();
        var mask = empty([x.shape[0], .. Enumerable.Repeat(1L, (int)x.ndim - 1)], device: x.device).uniform_(0, 1).add_(keep).floor_().mul_(1 / keep);
        return (x * mask).MoveToOuterDisposeScope();
    }

    private sealed class Scope() : nn.Module(nameof(Scope));
}

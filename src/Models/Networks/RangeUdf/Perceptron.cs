using Bitcurve.Models.Networks.Points;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>Hidden layers with batch norm and a leaky ReLU (slope 0.2), then a linear layer; each row by itself.</summary>
public sealed class Perceptron : nn.Module
{
    private readonly List<(Linear Linear, BatchNorm1d Norm)> hidden = [];
    private readonly Linear output;
    private readonly double dropoutProbability;

    /// <param name="inputs">Channels in.</param>
    /// <param name="widths">Hidden channels.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="dropout">Probability of the last hidden layer's in training.</param>
    public Perceptron(int inputs, IReadOnlyList<int> widths, int outputs, double dropout = 0)
        : base(nameof(Perceptron))
    {
        dropoutProbability = dropout;
        for (var k = 0; k < widths.Count; k++)
        {
            hidden.Add((nn.Linear(k == 0 ? inputs : widths[k - 1], widths[k], hasBias: false), nn.BatchNorm1d(widths[k])));
            register_module($"hidden{k}", hidden[k].Linear);
            register_module($"norm{k}", hidden[k].Norm);
        }

        register_module(nameof(output), output = nn.Linear(widths.Count == 0 ? inputs : widths[^1], outputs));
    }

    /// <summary>The last layer, for a start other than the usual one.</summary>
    internal Linear Output => output;

    /// <summary>N x inputs to N x outputs.</summary>
    public Tensor call(Tensor features)
    {
        foreach (var (linear, norm) in hidden)
        {
            features = nn.functional.leaky_relu(norm.call(linear.OverRows(features)), 0.2);
        }

        return output.OverRows(dropoutProbability > 0 ? nn.functional.dropout(features, dropoutProbability, training) : features);
    }
}

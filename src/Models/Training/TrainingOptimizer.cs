using System.Globalization;
using Bitcurve.Models.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>How gradients become changes of parameters.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba 2015) with its usual decay rates 0.9 and 0.999.</summary>
    Adam,
}

/// <summary>A recipe's optimiser over named parameters, whose state is stored and restored with the network. Disposing frees the state.</summary>
public sealed class TrainingOptimizer : IDisposable
{
    /// <summary>What every tensor of an optimiser's state is called by in a file.</summary>
    public const string Prefix = "optimizer.";

    private const string StepsKey = "optimizer_steps";
    private const double Beta2 = 0.999;

    private readonly IReadOnlyList<(string Name, Parameter Parameter)> parameters;
    private readonly OptimizerHelper optimizer;

    /// <param name="parameters">What to change, by name.</param>
    /// <param name="recipe">Kind, momentum, weight decay.</param>
    /// <param name="rate">Learning rate of the first step.</param>
    public TrainingOptimizer(IEnumerable<(string Name, Parameter Parameter)> parameters, TrainingRecipe recipe, double rate)
    {
        this.parameters = [.. parameters];
        IEnumerable<Parameter> all = this.parameters.Select(p => p.Parameter);
        optimizer = recipe.Optimizer == OptimizerKind.Adam
            ? optim.Adam(all, rate, beta1: 0.9, beta2: Beta2, weight_decay: recipe.WeightDecay)
            : optim.SGD(all, rate, recipe.Momentum, weight_decay: recipe.WeightDecay, nesterov: recipe.Nesterov);
    }

    /// <summary>Of the next step.</summary>
    public double LearningRate
    {
        set
        {
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = value;
            }
        }
    }

    public void ZeroGradients() => optimizer.zero_grad();

    public void Step() => optimizer.step();

    /// <summary>The state so far, by the name it has in a file.</summary>
    internal IEnumerable<(string Name, Tensor Value)> State()
    {
        foreach (var (name, _, state) in States())
        {
            foreach (var (kind, value) in Parts(state))
            {
                if (value is not null)
                {
                    yield return ($"{Prefix}{kind}.{name}", value);
                }
            }
        }
    }

    /// <summary>What a file's metadata say besides the tensors; empty where there is nothing to say.</summary>
    internal IReadOnlyDictionary<string, string> Notes() =>
        States().Select(entry => entry.State).OfType<Adam.State>().FirstOrDefault() is { } adam
            ? new Dictionary<string, string> { [StepsKey] = adam.step.ToString(CultureInfo.InvariantCulture) }
            : new Dictionary<string, string>();

    /// <summary>Takes over whatever a file holds of this optimiser's state.</summary>
    internal void Restore(SafetensorsFile file)
    {
        var known = file.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, parameter, state) in States())
        {
            Tensor? Read(string kind, Tensor? present)
            {
                if (!known.Contains($"{Prefix}{kind}.{name}"))
                {
                    return present;
                }

                present?.Dispose();
                return LikeParameter(file.ReadFloat32($"{Prefix}{kind}.{name}"), parameter);
            }

            if (state is SGD.State sgd)
            {
                sgd.momentum_buffer = Read("momentum", sgd.momentum_buffer);
            }
            else if (state is Adam.State adam)
            {
                (adam.exp_avg, adam.exp_avg_sq) = (Read("mean", adam.exp_avg)!, Read("square", adam.exp_avg_sq)!);
                adam.step = file.Metadata.TryGetValue(StepsKey, out var steps) ? long.Parse(steps, CultureInfo.InvariantCulture) : 0;
            }
        }
    }

    public void Dispose() => optimizer.Dispose();

    private static IEnumerable<(string Kind, Tensor? Value)> Parts(OptimizerState state) => state switch
    {
        SGD.State sgd => [("momentum", sgd.momentum_buffer)],
        Adam.State adam => [("mean", adam.exp_avg), ("square", adam.exp_avg_sq)],
        _ => [],
    };

    private IEnumerable<(string Name, Parameter Parameter, OptimizerState State)> States() =>
        parameters.Zip(optimizer.state_dict().State, (p, state) => (p.Name, p.Parameter, state));

    // The buffer takes the memory layout that training gives it, so that a resumed run computes the very same sums.
    private static Tensor LikeParameter(float[] values, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        return parameter.detach().clone().copy_(tensor(values, parameter.shape)).DetachFromDisposeScope();
    }
}

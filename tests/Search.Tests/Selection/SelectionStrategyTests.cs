using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

// The closing part of the budget does not pick by score, so the contract on runners-up is asked of exploring.
public sealed class InformationAboutFrontContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { About = "front", ClosingShare = 0 };
}

public sealed class InformationAboutFunctionContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { About = "function", ClosingShare = 0 };
}

public sealed class InformationAboutMaximumContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { About = "maximum", ClosingShare = 0 };
}

public sealed class ThesisContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new SelectionSettings { About = "function" }.WithThesisModel().WithoutRemedies();
}

public sealed class MultiFidelityGreedyContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "mf-mi-greedy" };
}

public sealed class UpperConfidenceContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "ucb" };

    protected override bool TargetOnly => true;
}

public sealed class FrontConfidenceContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "front-ucb" };

    protected override bool TargetOnly => true;
}

public sealed class AlternateContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "alternate" };

    protected override bool TargetOnly => true;
}

public sealed class HyperbandContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "hyperband" };
}

public sealed class RandomContract : SelectionStrategyContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "random" };

    protected override bool TargetOnly => true;
}

/// <summary>The contract on a space of harmonics, and on one of bits and harmonics.</summary>
public abstract class CompressionContract(string space) : SelectionStrategyContract
{
    private readonly CurveSpace curves = CurveSpace.Parse(space, CompressionProblem.Workload.Layers);

    // Enough to choose from, few enough for a model in every test.
    protected override IReadOnlyList<Candidate> Candidates => field ??= Bitcurve.Search.Space.Candidates.Of(curves, sequencePoints: 100);

    protected override Func<JobOrder, int, double>? Accuracy => CompressionProblem.Accuracy;

    protected override SearchDefinition Definition(string budget) => base.Definition(budget) with { Workload = CompressionProblem.Workload, Space = curves };
}

public sealed class HarmonicsInformationContract() : CompressionContract("harmonics:bezier:2")
{
    protected override SelectionSettings Settings { get; } = new() { ClosingShare = 0 };
}

public sealed class JointInformationContract() : CompressionContract("joint:bezier:2")
{
    protected override SelectionSettings Settings { get; } = new() { ClosingShare = 0, Mean = "bits-depth" };
}

public sealed class JointThesisContract() : CompressionContract("joint:chebyshev:2")
{
    protected override SelectionSettings Settings { get; } = new SelectionSettings { About = "function" }.WithThesisModel().WithoutRemedies();
}

public sealed class HarmonicsRandomContract() : CompressionContract("harmonics:chebyshev:3")
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "random" };

    protected override bool TargetOnly => true;
}

public sealed class JointRandomContract() : CompressionContract("joint:bezier:2")
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "random" };

    protected override bool TargetOnly => true;
}

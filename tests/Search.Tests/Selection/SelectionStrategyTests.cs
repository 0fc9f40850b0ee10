using Bitcurve.Search.Trials;

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

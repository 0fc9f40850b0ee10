using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>What every silo of a cluster must agree on, and its clock.</summary>
/// <param name="Strategy">Decides what a search trains next.</param>
/// <param name="Settings">How workers are treated.</param>
/// <param name="Time">The clock.</param>
internal sealed record EngineParts(Func<SearchDefinition, ISelectionStrategy> Strategy, ServiceSettings Settings, TimeProvider Time);

namespace Bitcurve.Models.Tests;

/// <summary>Tests that seed libtorch's one generator and compare what it gives: nothing else may draw from it meanwhile.</summary>
[CollectionDefinition(nameof(GlobalGenerator), DisableParallelization = true)]
public static class GlobalGenerator;

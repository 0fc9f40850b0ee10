using FsCheck;
using FsCheck.Fluent;

namespace Bitcurve.Gp.Tests;

/// <summary>Runs a property over random cases; each is named by its seed, so that a failure can be run alone.</summary>
internal static class Seeds
{
    public static void ForAll(int cases, Action<int> property) =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20_240_607UL, 11UL));
}

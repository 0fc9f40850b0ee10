using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Trials;

/// <summary>Selects what it was told, one decision after the other, then nothing. It counts the search's own decisions.</summary>
internal sealed class ScriptedStrategy(params (int Bits, int Epochs)[] script) : ISelectionStrategy
{
    public SelectedJob? Next(SearchState state) =>
        state.Decisions.Count < script.Length ? Uniform(script[state.Decisions.Count].Bits, script[state.Decisions.Count].Epochs) : null;

    public static SelectedJob Uniform(int bits, int epochs)
    {
        CurveSpace space = CurveSpace.Parse("bezier:2", 8);
        double[] w = space.UniformParameters(bits)!;
        return new SelectedJob
        {
            Bits = space.BitsAt(w),
            W = w,
            Epochs = epochs,
            GainNats = 0.25,
            Score = 1,
            Reason = "Scripted.",
            RunnersUp = [new RunnerUp(BitVector.Uniform(8, 8), 15, 0.1, 15.5, 0.01)],
            PosteriorMean = 0.9,
            PosteriorDeviation = 0.01,
        };
    }
}

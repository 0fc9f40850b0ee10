using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>Time of one operator call on one element, where the binding is all there is to pay for.</summary>
public static class OverheadBench
{
    private const int CallsPerRepetition = 20_000;
    private const int Repetitions = 15;

    public static int Run()
    {
        set_num_threads(1);
        using var left = ones([1]);
        using var right = ones([1]);
        using var trained = ones([1]).with_requires_grad();
        using var recording = no_grad();
        var inPlace = Microseconds(() => left.add_(right));
        var created = Microseconds(() => left.add(right).Dispose());
        double recorded;
        using (enable_grad())
        {
            recorded = Microseconds(() => trained.add(right).Dispose());
        }

        Console.WriteLine(FormattableString.Invariant(
            $"microseconds per call, median of {Repetitions} x {CallsPerRepetition}: add_ {inPlace:F2}, add {created:F2}, add with gradient {recorded:F2}"));
        return 0;
    }

    private static double Microseconds(Action call)
    {
        var times = Enumerable.Range(0, Repetitions).Select(_ => Elapsed.Of(() =>
        {
            for (var k = 0; k < CallsPerRepetition; k++)
            {
                call();
            }
        }));
        return new Timings("call", [.. times]).Median * 1000 / CallsPerRepetition;
    }
}

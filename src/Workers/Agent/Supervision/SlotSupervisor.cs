namespace Bitcurve.Workers.Agent.Supervision;

/// <summary>Keeps one process per device running: a crash in native code costs that device's epoch and nothing else.</summary>
/// <param name="run">Runs a slot's process to its end and returns its exit code; asks it to leave when cancelled.</param>
/// <param name="time">Measures how long a process lived and the pauses between them.</param>
/// <param name="say">Gets a line for every crash.</param>
public sealed class SlotSupervisor(Func<string, CancellationToken, Task<int>> run, TimeProvider time, Action<string> say)
{
    /// <summary>Exit code of a process that left in good order.</summary>
    public const int Left = 0;

    /// <summary>Exit code of a process whose user has to mend something: starting it again would not help.</summary>
    public const int UserError = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // A process that lived so long has done a job: its crash is no sign that the next one crashes at once.
    private static readonly TimeSpan Proven = TimeSpan.FromMinutes(2);

    /// <summary>Returns when every slot's process has left or has nothing to be restarted for; the largest of their exit codes.</summary>
    /// <param name="slots">One device each, at least one.</param>
    /// <param name="leave">Cancelled to end.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> slots, CancellationToken leave)
    {
        var codes = await Task.WhenAll(slots.Select(slot => KeepAsync(slot, leave)));
        return codes.Max();
    }

    private async Task<int> KeepAsync(string slot, CancellationToken leave)
    {
        var pause = FirstPause;
        while (true)
        {
            var started = time.GetTimestamp();
            var code = await run(slot, leave);
            if (code is Left or UserError || leave.IsCancellationRequested)
            {
                return code;
            }

            pause = time.GetElapsedTime(started) >= Proven ? FirstPause : pause;
            say(FormattableString.Invariant($"{slot}: its process ended with exit code {code}; the next one starts in {pause.TotalSeconds:0} s"));
            if (!await WaitAsync(pause, leave))
            {
                return Left;
            }

            pause = 2 * pause < LongestPause ? 2 * pause : LongestPause;
        }
    }

    // False when told to leave meanwhile.
    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken leave)
    {
        await Task.Delay(pause, time, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !leave.IsCancellationRequested;
    }
}

using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>
/// Lays out what is measured on the test split (thesis ch. 3, Table 1). Each network is measured once per seed,
/// however many reasons there are to measure it. Networks that the search set aside are left out.
/// </summary>
internal static class VerificationPlan
{
    /// <summary>Repeat r fine-tunes with the search's seed + 1000 r: reproducible, and far from neighbouring searches' seeds.</summary>
    public const long SeedStride = 1000;

    private sealed record Wanted(BitVector Bits, int Repeat, int Epochs);

    /// <summary>Ends the searching phase. Results of an earlier verification are kept, what it no longer needs is cancelled.</summary>
    public static SearchState Enter(SearchState state, string reason)
    {
        var groups = new Dictionary<Wanted, SortedSet<VerificationGroup>>();
        var order = new List<Wanted>();
        foreach ((Wanted wanted, VerificationGroup group) in Wishes(state))
        {
            if (!groups.TryGetValue(wanted, out SortedSet<VerificationGroup>? reasons))
            {
                groups[wanted] = reasons = [];
                order.Add(wanted);
            }

            reasons.Add(group);
        }

        SearchState next = RetireRuns(state, [.. order.Select(wanted => (wanted.Bits, Seed(state, wanted), wanted.Epochs))]);
        foreach (Wanted wanted in order)
        {
            next = Ensure(next, wanted, [.. groups[wanted]]);
        }

        return Outcomes.FinishVerification(next with { Phase = SearchPhase.Verifying, EndReason = reason, ActiveThrough = null });
    }

    private static IEnumerable<(Wanted Run, VerificationGroup Group)> Wishes(SearchState state)
    {
        VerificationSettings settings = state.Definition.Verification;
        CurveSpace space = state.Definition.Space;
        Configuration? chosen = state.ChosenConfiguration();
        IEnumerable<(BitVector Bits, int Repeats, VerificationGroup Group)> networks = [(default, 1, VerificationGroup.Fp32)];
        if (chosen is not null)
        {
            IReadOnlyList<Configuration> front = ParetoFront.Of(Chosen.AtHighestFidelity(state.MeasuredConfigurations()));
            IReadOnlyList<Configuration> others = [.. front.Where(member => member.Bits != chosen.Bits)];
            IReadOnlyList<Configuration> spread = ParetoFront.Spread(others, settings.MaximumFrontVerified);
            networks = networks
                .Append((chosen.Bits, settings.Repeats, VerificationGroup.Chosen))
                .Concat(spread.Select(member => (member.Bits, 1, VerificationGroup.Front)))
                .Append((space.Reversed(chosen.Bits), settings.BaselineRepeats, VerificationGroup.Reversed));
        }

        networks = networks.Concat(
            space.UniformNetworks().Select(uniform => (uniform.Levels, settings.BaselineRepeats, VerificationGroup.Uniform)));
        return networks
            .Where(network => settings.Groups.Contains(network.Group) && state.TrialOf(network.Bits)?.SetAside is null)
            .SelectMany(network => Repeats(state, network.Bits, network.Repeats).Select(wanted => (wanted, network.Group)));
    }

    /// <summary>
    /// Repeat 0 only evaluates the state that the search stored at the target. Without one the repeats start at 1: the search's own seed
    /// stays the search's, which may still want to train this network after a top-up.
    /// </summary>
    private static IEnumerable<Wanted> Repeats(SearchState state, BitVector bits, int count)
    {
        int first = bits.IsEmpty || StoredStart(state, bits) is not null ? 0 : 1;
        int epochs = bits.IsEmpty ? 0 : state.Definition.VerificationEpochs;
        return Enumerable.Range(first, count).Select(repeat => new Wanted(bits, repeat, epochs));
    }

    private static Measurement? StoredStart(SearchState state, BitVector bits)
    {
        int needed = Math.Min(state.Definition.VerificationEpochs, state.Definition.TargetEpochs);
        return state.TrialOf(bits)?.CheckpointUpTo(needed) is Measurement stored && stored.Epochs == needed ? stored : null;
    }

    private static long Seed(SearchState state, Wanted wanted) => unchecked(state.Definition.Seed + (SeedStride * wanted.Repeat));

    private static SearchState RetireRuns(SearchState state, HashSet<(BitVector Bits, long Seed, int Epochs)> wanted)
    {
        foreach (VerificationRun run in state.Verification)
        {
            Job job = state.JobById(run.JobId);
            bool isObsolete = job.State == JobState.Cancelled || (job.IsPending && !wanted.Contains((run.Bits, run.Seed, run.Epochs)));
            state = isObsolete ? Withdraw(state, run, job) : state.WithRun(run.JobId, kept => kept with { Groups = [] });
        }

        return state;
    }

    private static SearchState Withdraw(SearchState state, VerificationRun run, Job job)
    {
        SearchState cancelled = state.WithJob(job with { State = JobState.Cancelled, Lease = null });
        return cancelled with { Verification = [.. state.Verification.Where(other => other.JobId != run.JobId)] };
    }

    private static SearchState Ensure(SearchState state, Wanted wanted, IReadOnlyList<VerificationGroup> groups)
    {
        long seed = Seed(state, wanted);
        VerificationRun? existing = state.Verification.FirstOrDefault(
            run => run.Bits == wanted.Bits && run.Seed == seed && run.Epochs == wanted.Epochs);
        if (existing is not null)
        {
            return state.WithRun(existing.JobId, run => run with { Groups = groups });
        }

        Measurement? stored = wanted.Repeat == 0 ? StoredStart(state, wanted.Bits) : null;
        var job = new Job
        {
            Id = state.NextJobId,
            Purpose = JobPurpose.Verify,
            Bits = wanted.Bits,
            Seed = seed,
            StartArtifact = stored?.Checkpoint ?? state.Baseline!.Checkpoint,
            StartEpochs = stored?.Epochs ?? 0,
            EvaluateAt = [wanted.Epochs],
            Split = EvaluationSplit.Test,
        };
        var run = new VerificationRun { Bits = wanted.Bits, Groups = groups, Seed = seed, Epochs = wanted.Epochs, JobId = job.Id };
        return state with
        {
            Jobs = [.. state.Jobs, job],
            NextJobId = job.Id + 1,
            Verification = [.. state.Verification, run],
        };
    }
}

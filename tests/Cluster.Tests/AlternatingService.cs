using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Cluster.Tests;

/// <summary>Several servers behind one address: each call reaches the next one.</summary>
internal sealed class AlternatingService(IReadOnlyList<ISearchService> services) : ISearchService
{
    private int calls;

    private ISearchService Next => services[(Interlocked.Increment(ref calls) & int.MaxValue) % services.Count];

    public Task<SearchState> CreateAsync(SearchDefinition definition, string? idempotencyKey, CancellationToken cancellation) =>
        Next.CreateAsync(definition, idempotencyKey, cancellation);

    public Task<IReadOnlyList<SearchSummary>> ListAsync(string? after, int limit, CancellationToken cancellation) =>
        Next.ListAsync(after, limit, cancellation);

    public Task<SearchHost.Journalled> ReadAsync(string id, CancellationToken cancellation) => Next.ReadAsync(id, cancellation);

    public Task<SearchState> SteerAsync(string id, SearchEvent steering, CancellationToken cancellation) =>
        Next.SteerAsync(id, steering, cancellation);

    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, int limit, CancellationToken cancellation) =>
        Next.JournalAsync(id, after, limit, cancellation);

    public IAsyncEnumerable<JournalEntry> WatchAsync(string id, long after, CancellationToken cancellation) =>
        Next.WatchAsync(id, after, cancellation);

    public Task<WorkerSession> RegisterAsync(WorkerRegistration worker, CancellationToken cancellation) => Next.RegisterAsync(worker, cancellation);

    public Task LeaveAsync(string workerId, string session, CancellationToken cancellation) => Next.LeaveAsync(workerId, session, cancellation);

    public Task<LeasedJob?> LeaseAsync(string workerId, string session, TimeSpan wait, CancellationToken cancellation) =>
        Next.LeaseAsync(workerId, session, wait, cancellation);

    public Task<HeartbeatAnswer> HeartbeatAsync(LeaseId lease, JobProgress progress, CancellationToken cancellation) =>
        Next.HeartbeatAsync(lease, progress, cancellation);

    public Task<ReportAnswer> ReportAsync(LeaseId lease, JobReport report, CancellationToken cancellation) =>
        Next.ReportAsync(lease, report, cancellation);

    public Task ReleaseAsync(LeaseId lease, CancellationToken cancellation) => Next.ReleaseAsync(lease, cancellation);

    public Task<IReadOnlyList<WorkerStatus>> WorkersAsync(CancellationToken cancellation) => Next.WorkersAsync(cancellation);

    public Task<IReadOnlyList<WorkloadDescription>> WorkloadsAsync(CancellationToken cancellation) => Next.WorkloadsAsync(cancellation);

    public Task<IReadOnlySet<string>> ReferencedArtifactsAsync(CancellationToken cancellation) => Next.ReferencedArtifactsAsync(cancellation);
}

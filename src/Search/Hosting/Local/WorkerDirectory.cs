using System.Collections.Concurrent;
using System.Text.Json;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>The workers of a server and what they offer. Thread-safe.</summary>
internal sealed class WorkerDirectory(IDocumentStore documents, TimeProvider time)
{
    private const string WorkerKind = "worker";
    private const string WorkloadKind = "workload";

    private readonly ConcurrentDictionary<string, RegisteredWorker> workers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WorkloadDescription> workloads = new(StringComparer.Ordinal);

    internal IEnumerable<RegisteredWorker> All => workers.Values;

    internal IEnumerable<WorkloadDescription> Workloads => workloads.Values;

    internal async Task OpenAsync(CancellationToken cancellation)
    {
        foreach ((string id, string json) in await documents.ListAsync(WorkerKind, cancellation))
        {
            workers[id] = new RegisteredWorker(JsonSerializer.Deserialize<StoredWorker>(json, SearchJson.Options)!, time.GetUtcNow());
        }

        foreach ((string id, string json) in await documents.ListAsync(WorkloadKind, cancellation))
        {
            workloads[id] = JsonSerializer.Deserialize<WorkloadDescription>(json, SearchJson.Options)!;
        }
    }

    /// <summary>Registers and returns the new session.</summary>
    internal async Task<RegisteredWorker> RegisterAsync(WorkerRegistration registration, CancellationToken cancellation)
    {
        foreach (WorkloadDescription workload in registration.Workloads)
        {
            string json = JsonSerializer.Serialize(workload, SearchJson.Options);
            if (!workloads.TryGetValue(workload.Name, out WorkloadDescription? known) || known.ContentHash != workload.ContentHash)
            {
                await documents.PutAsync(WorkloadKind, workload.Name, json, cancellation);
                workloads[workload.Name] = workload;
            }
        }

        return await StoreAsync(new StoredWorker(registration, Guid.NewGuid().ToString("N"), time.GetUtcNow(), HasLeft: false), cancellation);
    }

    internal Task LeaveAsync(RegisteredWorker worker, CancellationToken cancellation) =>
        StoreAsync(worker.Stored with { HasLeft = true, Session = "" }, cancellation);

    internal RegisteredWorker? Find(string workerId) => workers.GetValueOrDefault(workerId);

    /// <exception cref="StaleSessionException">Not registered, or another registration came later.</exception>
    internal RegisteredWorker Require(string workerId, string session)
    {
        if (!workers.TryGetValue(workerId, out RegisteredWorker? worker) || worker.Stored.Session != session || worker.Stored.HasLeft)
        {
            throw new StaleSessionException(workerId);
        }

        worker.LastSeen = time.GetUtcNow();
        return worker;
    }

    private async Task<RegisteredWorker> StoreAsync(StoredWorker stored, CancellationToken cancellation)
    {
        string id = stored.Registration.WorkerId;
        await documents.PutAsync(WorkerKind, id, JsonSerializer.Serialize(stored, SearchJson.Options), cancellation);
        return workers[id] = new RegisteredWorker(stored, time.GetUtcNow(), workers.GetValueOrDefault(id));
    }
}

using System.Text.Json.Serialization;

namespace Bitcurve.Workers.Contracts;

/// <summary>The server's answer to a registration (<c>POST /api/v1/workers</c>).</summary>
/// <param name="WorkerId">As announced.</param>
/// <param name="Session">Goes with every later request of this worker; a new registration of the same worker makes it stale.</param>
/// <param name="LeaseSeconds">A worker that is silent for so long loses its job.</param>
/// <param name="HeartbeatSeconds">How often a heartbeat is expected.</param>
public sealed record WorkerSession(string WorkerId, string Session, double LeaseSeconds, double HeartbeatSeconds);

/// <summary>A worker asks for work (<c>POST /api/v1/leases</c>).</summary>
/// <param name="WorkerId">A registered worker.</param>
/// <param name="Session">Of its last registration.</param>
/// <param name="WaitSeconds">How long the server may hold the request until there is work, at most 60.</param>
public sealed record LeaseRequest(string WorkerId, string Session, double WaitSeconds);

/// <summary>Work: the worker's until <paramref name="Expires"/>, and longer with every heartbeat.</summary>
/// <param name="LeaseId">Text of a <see cref="Contracts.LeaseId"/>; names the lease in later requests.</param>
/// <param name="Order">What to do.</param>
/// <param name="Expires">By the server's clock.</param>
/// <param name="TraceParent">
/// The span under which the job was given out (W3C trace context, <c>00-TRACE-SPAN-01</c>), for a worker that traces; null where nobody does.
/// </param>
public sealed record LeasedJob(
    string LeaseId,
    JobOrder Order,
    DateTimeOffset Expires,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceParent = null);

/// <summary>Answer to a heartbeat (<c>POST /api/v1/leases/ID/heartbeat</c>, whose body is a <see cref="JobProgress"/>).</summary>
public sealed record HeartbeatReply(HeartbeatAnswer Answer);

/// <summary>What became of a report.</summary>
public enum ReportAnswer
{
    Accepted,

    /// <summary>Nothing new: a repetition, a stale lease, or a job that is no longer wanted. The sender may forget it.</summary>
    Dropped,
}

/// <summary>Answer to a report (<c>PUT /api/v1/leases/ID/report</c>, whose body is a <see cref="JobReport"/>).</summary>
public sealed record ReportReply(ReportAnswer Answer);

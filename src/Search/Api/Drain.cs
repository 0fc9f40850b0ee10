using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Bitcurve.Search.Api;

/// <summary>Requests that wait for something end when their caller leaves and when the server closes: the latter with an answer.</summary>
internal sealed class Drain(IHostApplicationLifetime lifetime)
{
    internal bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled by whichever comes first.</summary>
    internal CancellationTokenSource Waiting(HttpContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
}

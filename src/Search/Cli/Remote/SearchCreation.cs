using System.Text.Json;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Hosting;
using Bitcurve.Workers.Agent;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>Creates a search on a server, also for a workload that no worker has offered there yet.</summary>
internal static class SearchCreation
{
    private const string WorkloadField = "workload";

    /// <summary>The server's view of the new search.</summary>
    internal static async Task<JsonElement> SendAsync(ServerConnection server, SearchRequest request, string? key, CancellationToken cancellation)
    {
        try
        {
            return await server.PostAsync("searches", request, cancellation, key);
        }
        catch (ServerRefusedException refusal) when (refusal.Field == WorkloadField)
        {
            // Workers may join later: this machine may know the network as well as they will.
            if (Describe(request.Workload) is not { } description)
            {
                throw;
            }

            return await server.PostAsync("searches", request with { Description = description }, cancellation, key);
        }
    }

    private static Workers.Contracts.WorkloadDescription? Describe(string name)
    {
        try
        {
            return TrainingWorker.Describe(Workload.Open(name));
        }
        catch (ArgumentException)
        {
            // Not one of ours: the server's answer says which ones it knows.
            return null;
        }
    }
}

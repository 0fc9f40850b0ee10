using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;

namespace Bitcurve.Api.Tests;

/// <summary>What a caller hears when the service fails.</summary>
public sealed class FaultTests
{
    public static TheoryData<Exception, int> Faults => new()
    {
        { new SearchNotFoundException("s"), 404 },
        { new StaleSessionException("w"), 409 },
        { new IdempotencyConflictException("k", "seed: expected 1, actual 2"), 409 },
        { new ConcurrencyException("s", 1, 2), 409 },
        { new InvalidOperationException("Extend: expected a search that has ended, actual one that is Searching."), 409 },
        { new ArgumentException("Budget: expected at least 3jobs, actual 2jobs.", "budget"), 422 },
        { new StoreUnavailableException("Store: expected an answer, actual none.", new IOException()), 503 },
        { new StorageFullException("artifacts", new IOException()), 507 },
        { new InvalidOperationException("Sequence contains no elements"), 500 },
        { new NullReferenceException("secret of ours"), 500 },
        { new ArgumentNullException("parameter"), 500 },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Service_Fails_IsAProblemOfTheRightStatus(Exception fault, int status)
    {
        await using SearchApi api = await SearchApi.StartAsync(service: FailingService.With(fault));

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/workers");

        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((status, status), ((int)response.StatusCode, (int)problem["status"]!));
        Assert.Equal(status == 503, response.Headers.Contains("Retry-After"));
        if (status == 500)
        {
            Assert.DoesNotContain(fault.Message, problem.ToJsonString());
            Assert.Contains(api.Log.Lines, line => line.StartsWith("Error") && line.Contains(fault.Message));
        }
        else
        {
            Assert.DoesNotContain(api.Log.Lines, line => line.StartsWith("Error"));
        }
    }

    [Fact]
    public async Task ArgumentException_OfTheHousesForm_IsTakenApart()
    {
        await using SearchApi api = await SearchApi.StartAsync(
            service: FailingService.With(new ArgumentException("Bits per accuracy: expected a positive number, actual -1.5.", "settings")));

        JsonNode problem = await api.JsonAsync(HttpMethod.Get, "/api/v1/workers", expected: 422);

        Assert.Equal(
            ("bitsPerAccuracy", "a positive number", "-1.5", "Bits per accuracy: expected a positive number, actual -1.5."),
            ((string)problem["field"]!, (string)problem["expected"]!, (string)problem["actual"]!, (string)problem["detail"]!));
    }

    [Fact]
    public async Task Ready_StoreDoesNotAnswer_IsUnavailableWhileTheProcessLives()
    {
        await using SearchApi api = await SearchApi.StartAsync(
            askStore: () => throw new StoreUnavailableException("PostgreSQL at db:5432: expected an answer, actual none.", new IOException()));

        using HttpResponseMessage ready = await api.SendAsync(HttpMethod.Get, "/health/ready");
        using HttpResponseMessage live = await api.SendAsync(HttpMethod.Get, "/health/live");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Contains("db:5432", await ready.Content.ReadAsStringAsync());
    }

    /// <summary>Throws the same exception whatever it is asked.</summary>
    public class FailingService : DispatchProxy
    {
        private Exception fault = new InvalidOperationException();

        internal static ISearchService With(Exception fault)
        {
            ISearchService service = Create<ISearchService, FailingService>();
            ((FailingService)(object)service).fault = fault;
            return service;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw fault;
    }
}

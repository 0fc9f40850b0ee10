using Bitcurve.Search.Store;
using Bitcurve.Tests.Shared;
using Npgsql;

namespace Bitcurve.Search.Tests.Store;

/// <summary>A PostgreSQL that goes away and comes back: appends happen exactly once, everything else says what is wrong.</summary>
[Collection(PostgresFixture.Name)]
public sealed class PostgresOutageTests(PostgresFixture postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_WhileTheServerIsDown_CompletesOnceItIsBack(bool exclusive)
    {
        PostgresInstance instance = postgres.InstanceOrSkip();
        var probe = new PauseProbe();
        await using PostgresSearchStore store =
            await PostgresSearchStore.OpenAsync(await postgres.NewSchemaOrSkipAsync(), exclusive, None, probe);
        await store.AppendAsync("one", 0, ["1"], None);

        Task append;
        instance.Stop();
        try
        {
            append = store.AppendAsync("one", 1, ["2", "3"], None);
            await probe.FirstPause;
            Assert.False(append.IsCompleted);
        }
        finally
        {
            instance.Start();
        }

        await append;
        Assert.Equal(["1", "2", "3"], (await store.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_BackendKilledBeforeTheCommit_IsStoredOnce()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore store = await PostgresSearchStore.OpenAsync(connectionString, false, None);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await using NpgsqlConnection locker = await PostgresFixture.OpenAsync(connectionString);
        await PostgresFixture.ExecuteAsync(locker, "BEGIN; LOCK TABLE bitcurve_events IN SHARE MODE");

        Task append = store.AppendAsync("one", 0, ["1", "2"], None);
        await KillWaitingAsync(admin, "wait_event_type = 'Lock'");
        await PostgresFixture.ExecuteAsync(locker, "COMMIT");

        await append;
        Assert.Equal(["1", "2"], (await store.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_BackendKilledAfterTheCommitBeforeItsAnswer_IsStoredOnce()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore store = await PostgresSearchStore.OpenAsync(connectionString, false, None);
        await store.AppendAsync("one", 0, ["1"], None);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await RequireReplicaAsync(admin, "nobody");
        try
        {
            // The commit is done and waits for a replica that does not exist; then its backend dies without an answer.
            Task append = store.AppendAsync("one", 1, ["2", "3"], None);
            await KillWaitingAsync(admin, "wait_event = 'SyncRep'");
            await append;
        }
        finally
        {
            await RequireReplicaAsync(admin, "");
        }

        Assert.Equal(["1", "2", "3"], (await store.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_WithoutAnAnswerWhileAnotherWriterWasFirst_IsRefused()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore store = await PostgresSearchStore.OpenAsync(connectionString, false, None);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await using NpgsqlConnection other = await PostgresFixture.OpenAsync(connectionString);
        await PostgresFixture.ExecuteAsync(other, "BEGIN; INSERT INTO bitcurve_events VALUES ('one', 1, 'other')");

        Task append = store.AppendAsync("one", 0, ["1"], None);
        await KillWaitingAsync(admin, "wait_event_type = 'Lock'");
        await PostgresFixture.ExecuteAsync(other, "COMMIT");

        Assert.Equal(1, (await Assert.ThrowsAsync<ConcurrencyException>(() => append)).ActualVersion);
        Assert.Equal(["other"], (await store.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_CancelledWhileTheServerIsDown_GivesUp()
    {
        PostgresInstance instance = postgres.InstanceOrSkip();
        var probe = new PauseProbe();
        await using PostgresSearchStore store = await PostgresSearchStore.OpenAsync(await postgres.NewSchemaOrSkipAsync(), false, None, probe);
        using var cancellation = new CancellationTokenSource();
        instance.Stop();
        try
        {
            Task append = store.AppendAsync("one", 0, ["1"], cancellation.Token);
            await probe.FirstPause;
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        }
        finally
        {
            instance.Start();
        }

        Assert.Null(await store.LoadAsync("one", None));
    }

    [Fact]
    public async Task Load_AfterACrashOfTheServer_FindsWhatWasStored()
    {
        PostgresInstance instance = postgres.InstanceOrSkip();
        await using PostgresSearchStore store = await PostgresSearchStore.OpenAsync(await postgres.NewSchemaOrSkipAsync(), false, None);
        await store.AppendAsync("one", 0, ["1", "2"], None);
        await store.SaveSnapshotAsync("one", 1, "snapshot", None);
        await store.PutAsync("worker", "a", "{}", None);

        instance.Stop();
        instance.Start();

        StoredSearch stored = (await store.LoadAsync("one", None))!;
        Assert.Equal(("snapshot", 1L), (stored.Snapshot, stored.SnapshotVersion));
        Assert.Equal(["2"], stored.Events);
        Assert.Equal("{}", await store.FindAsync("worker", "a", None));
    }

    [Fact]
    public async Task Load_WhileTheServerIsDown_SaysWhichOne()
    {
        PostgresInstance instance = postgres.InstanceOrSkip();
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore store =
            await PostgresSearchStore.OpenAsync($"{connectionString};Password=geheim", false, None, new PauseProbe(isInstant: true));
        instance.Stop();
        try
        {
            var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync("one", None));

            Assert.Equal(
                $"PostgreSQL at 127.0.0.1:{instance.Port}, database postgres: expected an answer, actual: Connection refused.", problem.Message);
            Assert.DoesNotContain("geheim", $"{problem}");
        }
        finally
        {
            instance.Start();
        }
    }

    private static async Task KillWaitingAsync(NpgsqlConnection admin, string condition)
    {
        object pid = await PostgresFixture.UntilAsync(
            admin, $"SELECT pid FROM pg_stat_activity WHERE application_name = 'bitcurve' AND {condition}");
        await PostgresFixture.ExecuteAsync(admin, $"SELECT pg_terminate_backend({pid})");
    }

    private static async Task RequireReplicaAsync(NpgsqlConnection admin, string name)
    {
        await PostgresFixture.ExecuteAsync(admin, $"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await PostgresFixture.ExecuteAsync(admin, "SELECT pg_reload_conf()");
        await PostgresFixture.UntilAsync(admin, $"SELECT current_setting('synchronous_standby_names') = '{name}'");
    }
}

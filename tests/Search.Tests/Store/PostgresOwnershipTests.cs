using Bitcurve.Search.Store;
using Bitcurve.Tests.Shared;
using Npgsql;

namespace Bitcurve.Search.Tests.Store;

/// <summary>Of the servers that ask to host searches alone, one does.</summary>
[Collection(PostgresFixture.Name)]
public sealed class PostgresOwnershipTests(PostgresFixture postgres)
{
    private const string Lock = "hashtextextended('bitcurve owner ' || current_schema(), 0)";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Open_SecondServer_IsToldFromWhereTheFirstWorks()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);

        var problem = await Assert.ThrowsAsync<StoreInUseException>(() => OpenAsync(connectionString));

        Assert.Equal(
            $"PostgreSQL at 127.0.0.1:{postgres.InstanceOrSkip().Port}, database postgres: expected no other server on its searches, "
            + "actual one at 127.0.0.1. Stop that server first, or choose another database or schema.",
            problem.Message);
        await first.AppendAsync("one", 0, ["1"], None);
    }

    [Fact]
    public async Task Open_AfterTheFirstClosed_Succeeds()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await (await OpenAsync(connectionString)).DisposeAsync();

        await using PostgresSearchStore second = await OpenAsync(connectionString);
        await second.AppendAsync("one", 0, ["1"], None);
    }

    [Fact]
    public async Task Open_InAnotherSchemaOrNotExclusive_IsNoneOfItsBusiness()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);
        await using PostgresSearchStore other = await OpenAsync(await postgres.NewSchemaOrSkipAsync());
        await using PostgresSearchStore reader = await PostgresSearchStore.OpenAsync(connectionString, exclusive: false, None);

        await first.AppendAsync("one", 0, ["1"], None);
        Assert.Equal(["one"], await reader.ListAsync(None));
        Assert.Empty(await other.ListAsync(None));
    }

    [Fact]
    public async Task Append_AfterTheLockWasLostAndTaken_IsRefusedForEver()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await KillHolderAsync(admin);
        await using (PostgresSearchStore second = await OpenAsync(connectionString))
        {
            await second.AppendAsync("one", 0, ["second"], None);
            var problem = await Assert.ThrowsAsync<StoreInUseException>(() => first.AppendAsync("two", 0, ["first"], None));
            Assert.EndsWith(
                "expected to be the only server on its searches, actual another one that took them over while the connection was lost. "
                + "Stop one of the two.",
                problem.Message);
        }

        await Assert.ThrowsAsync<StoreInUseException>(() => first.AppendAsync("two", 0, ["first"], None));
        Assert.Equal(["one"], await first.ListAsync(None));
    }

    [Fact]
    public async Task Append_AfterTheLockWasLost_TakesItAgain()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await KillHolderAsync(admin);

        await AppendUntilAsync(first, admin, HolderSql());

        await Assert.ThrowsAsync<StoreInUseException>(() => OpenAsync(connectionString));
    }

    [Fact]
    public async Task Append_AfterACrashOfTheServer_HoldsTheLockAgain()
    {
        PostgresInstance instance = postgres.InstanceOrSkip();
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);
        await first.AppendAsync("one", 0, ["1"], None);
        instance.Stop();
        instance.Start();

        await first.AppendAsync("one", 1, ["2"], None);

        await Assert.ThrowsAsync<StoreInUseException>(() => OpenAsync(connectionString));
    }

    [Fact]
    public async Task Append_WhenItsOwnDeadConnectionStillHoldsTheLock_EndsThatOne()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore first = await OpenAsync(connectionString);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        string signature = (string)(await PostgresFixture.ScalarAsync(admin, HolderSql("application_name")))!;
        await KillHolderAsync(admin);

        // Stands for the server's end of a connection that broke on the way.
        await using NpgsqlConnection remains = await PostgresFixture.OpenAsync($"{connectionString};Application Name={signature}");
        await PostgresFixture.UntilAsync(remains, $"SELECT pg_try_advisory_lock({Lock})");
        object pid = (await PostgresFixture.ScalarAsync(admin, HolderSql()))!;

        await AppendUntilAsync(first, admin, $"SELECT pid FROM ({HolderSql()}) holder WHERE pid <> {pid}");
    }

    private static Task<PostgresSearchStore> OpenAsync(string connectionString) =>
        PostgresSearchStore.OpenAsync(connectionString, exclusive: true, None, new PauseProbe(isInstant: true));

    private static string HolderSql(string column = "pid") =>
        $"SELECT {column} FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted "
        + $"AND ((classid::bigint << 32) | objid::bigint) = {Lock}";

    private static async Task KillHolderAsync(NpgsqlConnection admin)
    {
        object pid = (await PostgresFixture.ScalarAsync(admin, HolderSql()))!;
        await PostgresFixture.ExecuteAsync(admin, $"SELECT pg_terminate_backend({pid})");
        await PostgresFixture.UntilAsync(admin, $"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})");
    }

    /// <summary>Appends on and on: the loss is noticed by the keep-alive, moments later, and every append must succeed.</summary>
    private static async Task AppendUntilAsync(PostgresSearchStore store, NpgsqlConnection admin, string holds)
    {
        for (long version = 0; await PostgresFixture.ScalarAsync(admin, holds) is null; version++)
        {
            Assert.True(version < 1_000_000, "the lock was never taken again");
            await store.AppendAsync("one", version, [$"{version}"], None);
        }
    }
}

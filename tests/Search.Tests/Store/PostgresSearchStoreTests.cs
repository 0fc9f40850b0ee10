using System.Security.Cryptography;
using Bitcurve.Search.Store;
using Npgsql;

namespace Bitcurve.Search.Tests.Store;

/// <summary>What is particular to PostgreSQL; see <see cref="PostgresContractTests"/> for the rest.</summary>
[Collection(PostgresFixture.Name)]
public sealed class PostgresSearchStoreTests(PostgresFixture postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Open_ManyAtOnceOnNothing_CreatesTheTablesOnce()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();

        PostgresSearchStore[] stores = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => PostgresSearchStore.OpenAsync(connectionString, exclusive: false, None)));

        await stores[0].AppendAsync("one", 0, ["1"], None);
        foreach (PostgresSearchStore store in stores)
        {
            Assert.Equal(["one"], await store.ListAsync(None));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_ServerThatAnswersBeforeItSyncs_SyncsForUs()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        await using PostgresSearchStore store =
            await PostgresSearchStore.OpenAsync($"{connectionString};Options=-c synchronous_commit=off", exclusive: false, None);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await PostgresFixture.ExecuteAsync(
            admin,
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS "
            + "$$ BEGIN NEW.json := current_setting('synchronous_commit'); RETURN NEW; END $$; "
            + "CREATE TRIGGER note BEFORE INSERT ON bitcurve_events FOR EACH ROW EXECUTE FUNCTION note()");

        await store.AppendAsync("one", 0, ["1"], None);
        await store.AppendAsync("one", 1, ["2"], None);

        Assert.Equal(["on", "on"], await store.ReadAsync("one", 0, 10, None));
    }

    [Theory]
    [InlineData("Database=nowhere", "database nowhere: expected an answer, actual: 3D000 database \"nowhere\" does not exist.")]
    [InlineData("Port=1", "PostgreSQL at 127.0.0.1:1, database postgres: expected an answer, actual: Connection refused.")]
    public async Task Open_WhereNothingIs_SaysWhere(string part, string expected)
    {
        string connectionString = $"{postgres.InstanceOrSkip().ConnectionString};Password=geheim;{part}";

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => PostgresSearchStore.OpenAsync(connectionString, exclusive: true, None, new PauseProbe(isInstant: true)));

        Assert.EndsWith(expected, problem.Message);
        Assert.DoesNotContain("geheim", $"{problem}");
    }

    [Theory]
    [InlineData("geheim")]
    [InlineData("Host=localhost;geheim=1")]
    [InlineData("Host=localhost;Port=geheim")]
    public async Task Open_NoConnectionString_DoesNotRepeatIt(string connectionString)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => PostgresSearchStore.OpenAsync(connectionString, false, None));

        Assert.StartsWith("PostgreSQL: expected a connection string such as 'Host=localhost;", problem.Message);
        Assert.DoesNotContain("geheim", $"{problem}");
    }

    [Fact]
    public async Task Append_OnAFullDisk_ThrowsAndKeepsTheLastVersion()
    {
        string connectionString = await postgres.NewSchemaOrSkipAsync();
        using var disk = new FullDisk(sizeKb: 2048);
        postgres.InstanceOrSkip().Own(disk.FullPath);
        await using NpgsqlConnection admin = await PostgresFixture.OpenAsync(connectionString);
        await PostgresFixture.ExecuteAsync(admin, $"CREATE TABLESPACE small LOCATION '{disk.FullPath}'");
        try
        {
            await using PostgresSearchStore store =
                await PostgresSearchStore.OpenAsync($"{connectionString};Options=-c default_tablespace=small", exclusive: false, None);
            await store.AppendAsync("one", 0, ["1"], None);

            // Not to be compressed away.
            string large = Convert.ToHexString(RandomNumberGenerator.GetBytes(4_000_000));
            var problem = await Assert.ThrowsAsync<StorageFullException>(() => store.AppendAsync("one", 1, [large], None));

            Assert.StartsWith("No space left to write PostgreSQL at 127.0.0.1:", problem.Message);
            await store.AppendAsync("one", 1, ["2"], None);
            Assert.Equal(["1", "2"], (await store.LoadAsync("one", None))!.Events);
        }
        finally
        {
            // One by one: a tablespace is not dropped within a transaction. The checkpoint spares a later recovery the disk that is gone.
            foreach (string sql in (string[])
                ["DROP TABLE bitcurve_events, bitcurve_snapshots, bitcurve_documents, bitcurve_owner", "DROP TABLESPACE small", "CHECKPOINT"])
            {
                await PostgresFixture.ExecuteAsync(admin, sql);
            }
        }
    }
}

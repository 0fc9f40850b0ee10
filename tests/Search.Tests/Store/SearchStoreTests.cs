using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

public sealed class MemorySearchStoreTests : SearchStoreContract
{
    protected override ISearchStore Searches { get; } = new MemorySearchStore();

    protected override IDocumentStore Documents { get; } = new MemoryDocumentStore();
}

public sealed class SqliteContractTests : SearchStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteSearchStore store;

    public SqliteContractTests() => store = new SqliteSearchStore(folder["search.db"]);

    protected override ISearchStore Searches => store;

    protected override IDocumentStore Documents => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}

[Collection(PostgresFixture.Name)]
public sealed class PostgresContractTests(PostgresFixture postgres) : SearchStoreContract, IAsyncLifetime
{
    private PostgresSearchStore? store;

    protected override ISearchStore Searches => store!;

    protected override IDocumentStore Documents => store!;

    public async ValueTask InitializeAsync() =>
        store = await PostgresSearchStore.OpenAsync(await postgres.NewSchemaOrSkipAsync(), exclusive: false, CancellationToken.None);

    public ValueTask DisposeAsync() => store?.DisposeAsync() ?? ValueTask.CompletedTask;
}

namespace Bitcurve.Gp.Tests;

/// <summary>The classes that set the number of threads don't run side by side.</summary>
[CollectionDefinition(Name)]
public sealed class ThreadsCollection
{
    public const string Name = "threads";
}

[Collection(ThreadsCollection.Name)]
public sealed class ComputeThreadsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Maximum_BelowOne_ThrowsNamingIt(int threads)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => ComputeThreads.Maximum = threads);
        Assert.Contains($"Expected at least 1 thread, got {threads}.", exception.Message);
    }

    [Fact]
    public void Maximum_Unset_IsTheNumberOfProcessors() => Assert.Equal(Environment.ProcessorCount, ComputeThreads.Maximum);

    [Fact]
    public void ForEach_WithinAPart_DoesNotForkAgain()
    {
        var inner = new int[4];
        ComputeThreads.ForEach(inner.Length, part => inner[part] = ComputeThreads.PartsOf(1e12, 8));
        Assert.Equal([1, 1, 1, 1], inner);
    }

    [Fact]
    public void PartsOf_SmallWork_IsOne() => Assert.Equal(1, ComputeThreads.PartsOf(64 * 64 * 64, 8));
}

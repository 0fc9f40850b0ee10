namespace Bitcurve.Cluster.Tests;

/// <summary>Stands in for the tests of real silos where the Orleans packages are missing.</summary>
public sealed class WithoutOrleansTests
{
    [Fact]
    public void Cluster_WithoutThePackages_IsOnlyTypeChecked() =>
        Assert.Skip("built without the Orleans packages (ClusterEngine=Local): the grains are compiled against a stub, no silo runs");
}

using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Space;

/// <summary>Every curve that the thesis prints, held against the printed bits.</summary>
public sealed class CurveReferenceTests
{
    public static TheoryData<string> RowIds() => [.. SeedTables.CurveRows().Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(RowIds))]
    public void BitsAt_PrintedParameters_GivesThePrintedBits(string id)
    {
        CurveRow row = SeedTables.CurveRows().First(row => row.Id == id);
        CurveSpace space = CurveSpace.Parse($"{row.Curve}:{row.W.Length}", row.Layers);

        Assert.Equal(row.Value, space.BitsAt(row.W).ToArray());
    }

    [Fact]
    public void CurveRows_Count_IsThatOfTheReferenceFile() => Assert.Equal(26, SeedTables.CurveRows().Count);
}

using Bitcurve.Models.Data;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Tests.Training.Volumes;

public class VolumeSymmetryTests
{
    // Voxel (d, h, w) holds 100 d + 10 h + w.
    private static readonly byte[] Numbered = [.. from d in Enumerable.Range(0, 2) from h in Enumerable.Range(0, 2) from w in Enumerable.Range(0, 2) select (byte)((100 * d) + (10 * h) + w)];

    [Theory]
    [InlineData(false, false, false, new byte[] { 0, 1, 10, 11, 100, 101, 110, 111 })]
    [InlineData(false, false, true, new byte[] { 1, 0, 11, 10, 101, 100, 111, 110 })]
    [InlineData(false, true, false, new byte[] { 10, 11, 0, 1, 110, 111, 100, 101 })]
    [InlineData(true, false, false, new byte[] { 0, 10, 1, 11, 100, 110, 101, 111 })]
    [InlineData(true, false, true, new byte[] { 10, 0, 11, 1, 110, 100, 111, 101 })]
    public void Apply_InThePlaneOfRowsAndColumns_MovesAsComputedByHand(bool swaps, bool first, bool second, byte[] expected)
    {
        var output = new byte[8];
        new VolumeMove(swaps, first, second).Apply(Numbered, [1, 2, 2, 2], (1, 2), output);

        Assert.Equal(expected, output);
    }

    [Fact]
    public void Apply_AboutRows_KeepsEveryVoxelAtItsHeight()
    {
        foreach (var move in Moves())
        {
            var output = new byte[8];
            move.Apply(Numbered, [1, 2, 2, 2], VolumeSymmetry.AboutRows.Plane, output);

            Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1], output.Select(voxel => voxel / 10 % 10));
            Assert.Equal(Numbered, output.Order());
        }
    }

    [Fact]
    public void Apply_AllMoves_AreEightDifferentOnes()
    {
        var results = Moves().Select(move =>
        {
            var output = new byte[8];
            move.Apply(Numbered, [1, 2, 2, 2], (1, 2), output);
            return string.Join(' ', output);
        });

        Assert.Equal(8, results.Distinct().Count());
    }

    [Fact]
    public void Apply_TwoChannels_PutsThemInnermost()
    {
        var output = new byte[4];
        default(VolumeMove).Apply([1, 2, 11, 12], [2, 1, 1, 2], (1, 2), output);

        Assert.Equal(new byte[] { 1, 11, 2, 12 }, output);
    }

    [Fact]
    public void Apply_SwappingUnequalAxes_SaysWhichExtents()
    {
        var error = Assert.Throws<ArgumentException>(() => new VolumeMove(true, false, false).Apply(new byte[6], [1, 1, 2, 3], (1, 2), new byte[6]));

        Assert.Equal("expected a square to turn, actual 2 x 3", error.Message);
    }

    [Fact]
    public void Draw_OfClips_OnlyMirrorsAndRenamesTheClass()
    {
        var symmetry = VolumeSymmetry.MirrorsColumns([1, 0, 2]);
        var random = new KeyedRandom(3);
        var moves = Enumerable.Range(0, 64).Select(_ => symmetry.Draw(random)).ToList();

        Assert.DoesNotContain(moves, move => move.Swaps || move.MirrorsFirst);
        Assert.InRange(moves.Count(move => move.MirrorsSecond), 16, 48);
        Assert.Equal([1, 0, 2], Enumerable.Range(0, 3).Select(label => symmetry.ClassAfter(new VolumeMove(false, false, true), label)));
        Assert.Equal(0, symmetry.ClassAfter(default, 0));
    }

    private static IEnumerable<VolumeMove> Moves() => from swaps in new[] { false, true }
                                                      from first in new[] { false, true }
                                                      from second in new[] { false, true }
                                                      select new VolumeMove(swaps, first, second);
}

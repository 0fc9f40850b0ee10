using Bitcurve.Search.Selection;

namespace Bitcurve.Search.Tests.Selection;

public class FrontGainTests
{
    private const double Floor = 0.5;
    private const double End = 100;

    [Fact]
    public void Of_EmptyFront_IsTheWholeRectangle() => Assert.Equal((End - 30) * 0.4, new FrontGain([], Floor, End).Of(30, 0.9), 12);

    [Theory]
    [InlineData(60, 0.8)]
    [InlineData(40, 0.79)]
    [InlineData(10, 0.4)]
    [InlineData(100, 0.99)]
    public void Of_DominatedOrBelowTheFloorOrAtTheEnd_IsZero(double memory, double accuracy) =>
        Assert.Equal(0, new FrontGain([(40, 0.8)], Floor, End).Of(memory, accuracy));

    // Brute force: the hypervolume with the network less that without, summed over every unit of memory.
    [Fact]
    public void Of_RandomFronts_IsTheDifferenceOfTwoHypervolumes()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            (double, double)[] front = [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => Network(random))];
            var (memory, accuracy) = Network(random);

            Assert.Equal(
                Hypervolume([.. front, (memory, accuracy)]) - Hypervolume(front), new FrontGain(front, Floor, End).Of(memory, accuracy), 9);
        }
    }

    private static (double Memory, double Accuracy) Network(Random random) => (random.Next(1, (int)End + 5), 0.4 + (0.6 * random.NextDouble()));

    private static double Hypervolume((double Memory, double Accuracy)[] networks) => Enumerable.Range(0, (int)End)
        .Sum(cell => networks.Where(n => n.Memory <= cell).Select(n => n.Accuracy - Floor).Append(0).Max());
}

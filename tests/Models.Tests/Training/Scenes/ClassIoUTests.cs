using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Training.Scenes;

namespace Bitcurve.Models.Tests.Training.Scenes;

public class ClassIoUTests
{
    [Fact]
    public void Mean_ByHand()
    {
        var counts = new ClassIoU(4);
        foreach (var (truth, answer) in new[] { (0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (2, 0), (Scene.Unlabelled, 3) })
        {
            counts.Add(truth, answer);
        }

        // Class 0: 2 of 5; class 1: 1 of 3; class 2: 0 of 1; class 3 occurs nowhere but where no class is true.
        Assert.Equal((2.0 / 5 + 1.0 / 3 + 0) / 3, counts.Mean, 12);
        Assert.Equal(3.0 / 6, counts.Accuracy, 12);
    }
}

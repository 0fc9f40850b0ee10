using Bitcurve.Models.Data.Scenes;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>Counts how often each class was meant and answered. Points without a true class are left out.</summary>
public sealed class ClassIoU(int classes)
{
    private readonly long[] both = new long[classes];
    private readonly long[] meant = new long[classes];
    private readonly long[] answered = new long[classes];

    /// <summary>Intersection over union of each class, averaged over the classes that occur in truth or answers (thesis 6.4.1.2).</summary>
    public double Mean
    {
        get
        {
            var occurring = Enumerable.Range(0, classes).Where(k => meant[k] + answered[k] > 0).ToList();
            return occurring.Count == 0 ? 0 : occurring.Average(k => (double)both[k] / (meant[k] + answered[k] - both[k]));
        }
    }

    /// <summary>Fraction of points with their true class.</summary>
    public double Accuracy => meant.Sum() == 0 ? 0 : (double)both.Sum() / meant.Sum();

    public void Add(int truth, int answer)
    {
        if (truth == Scene.Unlabelled)
        {
            return;
        }

        meant[truth]++;
        answered[answer]++;
        both[truth] += truth == answer ? 1 : 0;
    }
}

using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Metrics of answers that do not look at their input.</summary>
internal static class TrivialAnswers
{
    /// <summary>Of the most frequent training category.</summary>
    internal static double Accuracy(OccupancyData data, Split split)
    {
        var most = data.Train.CountBy(shape => shape.Category).OrderByDescending(count => count.Value).ThenBy(count => count.Key).First().Key;
        return data[split].Average(shape => shape.Category == most ? 1.0 : 0);
    }

    /// <summary>Mean IoU over parts of the label that most training points have.</summary>
    internal static double PartIou(OccupancyData data, Split split)
    {
        var counts = new long[OccupancyShape.Outside];
        foreach (var label in data.Train.SelectMany(shape => shape.Parts).Where(label => label != OccupancyShape.Outside))
        {
            counts[label]++;
        }

        var most = counts.AsSpan().IndexOf(counts.Max());
        return data[split].Average(shape =>
            OccupancyMetrics.PartIntersectionOverUnion([.. shape.Parts.Select(_ => most)], shape.Parts, data.PartsOfCategory[shape.Category]));
    }
}

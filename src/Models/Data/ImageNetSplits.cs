namespace Bitcurve.Models.Data;

/// <summary>What the forms of ImageNet share: normalization, and splits where only training and validation images have labels.</summary>
internal static class ImageNetSplits
{
    /// <summary>Mean and standard deviation that the published ImageNet weights expect, per channel.</summary>
    internal static readonly Normalization Normalization = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>
    /// The labels of the published test images are not published: the first half of the published validation images is validation, the
    /// second half is the test split. Their order is random over the classes.
    /// </summary>
    /// <param name="name">Of the data set.</param>
    /// <param name="train">All of it is fine-tuned on.</param>
    /// <param name="validation">At least two images.</param>
    /// <param name="test">Labelled test images where the data set has some; then all validation images are validation.</param>
    /// <param name="place">File or folder of the validation images, for messages.</param>
    /// <exception cref="DataFormatException">There is only one validation image to halve.</exception>
    internal static ImageSplits Create(string name, ImageDataset train, ImageDataset validation, ImageDataset? test, string place)
    {
        if (test is not null)
        {
            return new ImageSplits(train, validation, test, train.Count, Normalization);
        }

        if (validation.Count < 2)
        {
            throw new DataFormatException(place, "validation images", null, "at least two, half of them for the test split", $"{validation.Count}");
        }

        int half = validation.Count - (validation.Count / 2);
        return new ImageSplits(
            train,
            validation.Slice($"{name} validation", 0, half),
            validation.Slice($"{name} test", half, validation.Count - half),
            train.Count,
            Normalization);
    }
}

namespace Bitcurve.Models.Data;

/// <summary>The three splits of one data set, with what training needs to know about them.</summary>
public sealed record ImageSplits
{
    /// <param name="train">Images to learn from.</param>
    /// <param name="validation">Images that the search measures on.</param>
    /// <param name="test">Images that only verification measures on.</param>
    /// <param name="fineTuneCount">How many of the first training images fine-tuning uses, 1 .. Train.Count.</param>
    /// <param name="normalization">From bytes to network input; one mean and deviation per channel.</param>
    /// <exception cref="ArgumentException">The splits disagree in image size or classes, or the normalization in channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">fineTuneCount is outside 1 .. Train.Count.</exception>
    public ImageSplits(ImageDataset train, ImageDataset validation, ImageDataset test, int fineTuneCount, Normalization normalization)
    {
        RequireSameForm(train, validation, nameof(validation));
        RequireSameForm(train, test, nameof(test));
        if (fineTuneCount < 1 || fineTuneCount > train.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(fineTuneCount), $"Expected 1 .. {train.Count} images to fine-tune on, actual {fineTuneCount}.");
        }

        if (normalization.Mean.Count != train.Channels)
        {
            throw new ArgumentException(
                $"Expected a mean for each of {train.Channels} channels, actual {normalization.Mean.Count}.", nameof(normalization));
        }

        (Train, Validation, Test, FineTuneCount, Normalization) = (train, validation, test, fineTuneCount, normalization);
    }

    public ImageDataset Train { get; }

    public ImageDataset Validation { get; }

    public ImageDataset Test { get; }

    public int FineTuneCount { get; }

    public Normalization Normalization { get; }

    /// <summary>The images of one split.</summary>
    public ImageDataset this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), $"Expected Train, Validation or Test, actual {split}."),
    };

    private static void RequireSameForm(ImageDataset train, ImageDataset other, string parameter)
    {
        if (Form(train) != Form(other))
        {
            throw new ArgumentException($"Expected the form of the training images ({Form(train)}), actual {Form(other)}.", parameter);
        }
    }

    private static string Form(ImageDataset images) =>
        $"{images.Channels} x {images.Height} x {images.Width}, {images.ClassNames.Count} classes";
}

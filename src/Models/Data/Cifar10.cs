namespace Bitcurve.Models.Data;

/// <summary>Reads CIFAR-10 in its published binary form: five training files and one test file of 3073-byte records.</summary>
/// <remarks>
/// A record is one label byte (0 .. 9) and 3 x 32 x 32 pixel bytes (<see cref="CifarRecords"/>).
/// The published files hold 10,000 records each; files with fewer are read as they are.
/// </remarks>
public static class Cifar10
{
    private static readonly CifarRecords Records = new(
        "CIFAR-10",
        "cifar10",
        "cifar-10-batches-bin",
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")],
        "test_batch.bin",
        [("label", 10)]);

    /// <summary>The ten classes in the order of their numbers (batches.meta.txt).</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Mean and standard deviation of the 50,000 published training images, per channel.</summary>
    public static Normalization Normalization { get; } = new([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);

    /// <summary>Reads the six files.</summary>
    /// <remarks>Validation is the last tenth of the training images in file order: 5,000 of the published 50,000.</remarks>
    /// <param name="directory">The folder with the files, or the one that holds "cifar-10-batches-bin".</param>
    /// <exception cref="DataFormatException">
    /// A folder or file is missing or empty, a file's length is no multiple of 3073, or a label is above 9.</exception>
    public static ImageSplits Load(string directory) => Records.Load(Records.FindFolder(directory), ClassNames, Normalization);
}

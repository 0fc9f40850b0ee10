namespace Bitcurve.Models.Data;

/// <summary>Reads CIFAR-100 in its published binary form: train.bin and test.bin, 3074-byte records.</summary>
/// <remarks>
/// A record is the coarse label (0 .. 19, checked and not used), the fine label (0 .. 99) and 3 x 32 x 32 pixel bytes
/// (<see cref="CifarRecords"/>). The published files hold 50,000 and 10,000 records; files with fewer are read as they are.
/// </remarks>
public static class Cifar100
{
    private const string NamesFile = "fine_label_names.txt";

    private static readonly CifarRecords Records = new(
        "CIFAR-100", "cifar100", "cifar-100-binary", ["train.bin"], "test.bin", [("coarse label", 20), ("fine label", 100)]);

    /// <summary>The hundred fine classes in the order of their numbers, as published in fine_label_names.txt.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
        "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
        "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
        "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
        "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
        "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
        "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
        "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
        "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
        "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
    ];

    /// <summary>Mean and standard deviation of the 50,000 published training images, per channel.</summary>
    public static Normalization Normalization { get; } = new([0.5071, 0.4865, 0.4409], [0.2673, 0.2564, 0.2762]);

    /// <summary>Reads both files, and the names of the classes where fine_label_names.txt lies beside them.</summary>
    /// <remarks>Validation is the last tenth of the training images in file order: 5,000 of the published 50,000.</remarks>
    /// <param name="directory">The folder with the files, or the one that holds "cifar-100-binary".</param>
    /// <exception cref="DataFormatException">
    /// A folder or file is missing or empty, a file's length is no multiple of 3074, a label is too large, or there are not 100 names.</exception>
    public static ImageSplits Load(string directory)
    {
        string folder = Records.FindFolder(directory);
        return Records.Load(folder, ReadNames(Path.Combine(folder, NamesFile)), Normalization);
    }

    private static IReadOnlyList<string> ReadNames(string path)
    {
        if (!File.Exists(path))
        {
            return ClassNames;
        }

        // The published file ends with an empty line.
        string[] names = [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Length == ClassNames.Count
            ? names
            : throw new DataFormatException(path, "names of the fine labels", null, $"{ClassNames.Count}", $"{names.Length}");
    }
}

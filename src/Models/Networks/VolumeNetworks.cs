namespace Bitcurve.Models.Networks;

/// <summary>
/// The 3D networks of the catalogue as published (thesis 3.3, seed 000), and narrower ones of the same parts for smaller samples, whose names end with
/// <see cref="NetworkCatalogue.SmallSuffix"/>: a fourth to an eighth of the channels, so that they train on a processor.
/// </summary>
internal static class VolumeNetworks
{
    private const int ModelNetClasses = 40;
    private const int KineticsClasses = 400;
    private const int ScanNetClasses = 20;
    private const int ShapeNetClasses = 13;

    private static readonly (string Suffix, Variant3d Variant)[] Variants =
        [("", Variant3d.Standard), ("-pseudo3d", Variant3d.Pseudo3d), ("-depthwise", Variant3d.Depthwise)];

    internal static IEnumerable<KeyValuePair<string, CatalogueEntry>> Published =>
    [
        new("r3d-18", new(classes => R3d.Of([64, 128, 256, 512], 2, classes), [3, 16, 112, 112], KineticsClasses)),
        new("voxnet", new(classes => VoxNet.Of(32, 128, classes), [1, 32, 32, 32], ModelNetClasses)),
        new("shapenets3d", new(classes => ShapeNets3d.Of([48, 160, 512], [1200, 4000], classes), [1, 32, 32, 32], ModelNetClasses)),
        new("3dmv", new((classes, input) => Dmv3d.Of([32, 64, 128], 1024, Height(input), classes), [2, 62, 31, 31], ScanNetClasses)),
        new("ndf-encoder", new(_ => NdfEncoder.Of([16, 32, 64, 128, 128, 128]), [1, 256, 256, 256], 1)),
        .. Vgg("vgg13-3d", [2, 2, 2, 2, 2]),
        .. Vgg("vgg16-3d", [2, 2, 3, 3, 3]),
        .. Vgg("vgg19-3d", [2, 2, 4, 4, 4]),
        .. Reconstructions("rec6", [1, 1, 1, 0], isResidual: false),
        .. Reconstructions("resrec6", [1, 1, 1, 0], isResidual: true),
        .. Reconstructions("rec16", [2, 2, 2, 2], isResidual: false),
        .. Reconstructions("resrec16", [2, 2, 2, 2], isResidual: true),
    ];

    internal static IEnumerable<KeyValuePair<string, CatalogueEntry>> Small =>
    [
        new("r3d-18", new(classes => R3d.Of([8, 16, 32, 64], 2, classes), [3, 8, 24, 24], 8)),
        new("voxnet", new(classes => VoxNet.Of(8, 32, classes), [1, 32, 32, 32], 8)),
        new("shapenets3d", new(classes => ShapeNets3d.Of([6, 20, 64], [150, 500], classes), [1, 32, 32, 32], 8)),
        new("3dmv", new((classes, input) => Dmv3d.Of([8, 16, 32], 128, Height(input), classes), [2, 30, 15, 15], 6)),
        new("ndf-encoder", new(_ => NdfEncoder.Of([4, 8, 16, 32, 32, 32]), [1, 32, 32, 32], 1)),
        .. SmallVgg("vgg13-3d", [1, 1, 1, 2, 2]),
        .. SmallVgg("vgg16-3d", [1, 1, 2, 2, 2]),
        .. SmallVgg("vgg19-3d", [1, 1, 2, 3, 3]),
        .. SmallReconstructions("rec6", [1, 1, 1], isResidual: false),
        .. SmallReconstructions("resrec6", [1, 1, 1], isResidual: true),
        .. SmallReconstructions("rec16", [2, 2, 2], isResidual: false),
        .. SmallReconstructions("resrec16", [2, 2, 2], isResidual: true),
    ];

    private static IEnumerable<KeyValuePair<string, CatalogueEntry>> Vgg(string name, int[] depths) => OfEachVariant(name, variant =>
        new(classes => Vgg3d.Of([64, 128, 256, 512, 512], depths, 4096, new(variant), classes), [1, 64, 64, 64], ShapeNetClasses));

    private static IEnumerable<KeyValuePair<string, CatalogueEntry>> SmallVgg(string name, int[] depths) => OfEachVariant(name, variant =>
        new(classes => Vgg3d.Of([8, 16, 32, 64, 64], depths, 64, new(variant), classes), [1, 32, 32, 32], 8));

    private static IEnumerable<KeyValuePair<string, CatalogueEntry>> Reconstructions(string name, int[] pairs, bool isResidual) => OfEachVariant(name, variant => new(
        _ => Reconstruction.Of(
            ResNet.Of([64, 128, 256, 512], [3, 4, 6, 3], 1024, Stem.Large, Shortcut.Projection, hasBottlenecks: true),
            code: 1024,
            [256, 128, 64, 32],
            pairs,
            isResidual,
            new(variant, SplitBias: true)),
        [3, 224, 224],
        1));

    private static IEnumerable<KeyValuePair<string, CatalogueEntry>> SmallReconstructions(string name, int[] pairs, bool isResidual) => OfEachVariant(name, variant => new(
        _ => Reconstruction.Of(
            ResNet.Of([16, 32, 64], [1, 1, 1], 128, Stem.SmallPooled, Shortcut.Projection),
            code: 128,
            [32, 16, 8],
            pairs,
            isResidual,
            new(variant, SplitBias: true)),
        [3, 32, 32],
        1));

    private static IEnumerable<KeyValuePair<string, CatalogueEntry>> OfEachVariant(string name, Func<Variant3d, CatalogueEntry> entry) =>
        Variants.Select(variant => KeyValuePair.Create(name + variant.Suffix, entry(variant.Variant)));

    // Z of C x Z x Y x X; other inputs are refused where the blocks are placed.
    private static int Height(IReadOnlyList<int> input) => input.Count > 1 ? input[1] : 1;
}

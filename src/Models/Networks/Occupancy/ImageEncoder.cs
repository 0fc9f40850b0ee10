using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>An image as one encoding: a residual network whose last layer gives the encoding (Mescheder et al. 2019, supplementary 1.1).</summary>
internal static class ImageEncoder
{
    // Below this extent ResNet-18, which halves five times, would leave hardly a position.
    private const int SmallestOfResNet18 = 128;

    /// <summary>ResNet-18, or ResNet-8 for small images; 3 x S x S to c.</summary>
    internal static Blueprint Of(int imageExtent, int encodingWidth) =>
        NetworkCatalogue.Describe(imageExtent >= SmallestOfResNet18 ? "resnet18" : "resnet8", encodingWidth, [3, imageExtent, imageExtent]);
}

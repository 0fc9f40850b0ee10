using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>Tells every point of the coarsest scale the mean over its cloud: where the published decoder begins.</summary>
public sealed class CloudMean : nn.Module
{
    private readonly Linear mean;
    private readonly Linear joint;
    private readonly BatchNorm1d joint_norm;

    /// <param name="width">Channels in and out.</param>
    public CloudMean(int width)
        : base(nameof(CloudMean))
    {
        register_module(nameof(mean), mean = nn.Linear(width, width));
        register_module(nameof(joint), joint = nn.Linear(2 * width, width));
        register_module(nameof(joint_norm), joint_norm = nn.BatchNorm1d(width));
    }

    /// <summary>N x C to N x C, the rows of each cloud together.</summary>
    public Tensor call(Tensor features, int clouds)
    {
        var (points, width) = (features.shape[0] / clouds, features.shape[1]);
        var means = mean.call(features.view(clouds, points, width).mean([1])).relu(); // B x C
        var spread = means.unsqueeze(1).expand(clouds, points, width).reshape(clouds * points, width);
        return joint_norm.call(joint.OverRows(cat([features, spread], 1))).relu();
    }
}

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>A refinement network, its loss and how it is judged.</summary>
/// <remarks>Lengths are those of the unit cube that the shapes fill.</remarks>
public sealed record MeshRefinementOptions
{
    /// <summary>
    /// 5,000 points per mesh and the weights of Chamfer and edge loss of Mesh R-CNN; judged as in the seed's section 4.1 by 10,000 points, tau being
    /// 0.01 of Pixel2Mesh's shapes of 0.57 of the unit cube.
    /// </summary>
    public static MeshRefinementOptions Full { get; } = new() { Network = MeshRefineOptions.Full, TrainPoints = 5000, EvaluationPoints = 10_000, Tau = 0.01f / 0.57f };

    /// <summary>Fewer points, and a tau that 162 vertices can reach.</summary>
    public static MeshRefinementOptions Small { get; } = new() { Network = MeshRefineOptions.Small, TrainPoints = 200, EvaluationPoints = 1000, Tau = 0.05f };

    public required MeshRefineOptions Network { get; init; }

    /// <summary>Points drawn from each mesh, predicted and true, in a step.</summary>
    public required int TrainPoints { get; init; }

    /// <summary>Points drawn from each predicted mesh to judge it.</summary>
    public required int EvaluationPoints { get; init; }

    /// <summary>Distance below which a point counts as met.</summary>
    public required float Tau { get; init; }

    /// <summary>theta: the share of active positions that training aims at.</summary>
    public double Budget { get; init; } = 0.25;

    /// <summary>Weight of the sparsity loss beside the Chamfer distance's 1.</summary>
    public double SparsityWeight { get; init; } = 0.1;

    /// <summary>Weight of the normal distance.</summary>
    public double NormalWeight { get; init; } = 1e-3;

    /// <summary>Weight of the edge loss.</summary>
    public double EdgeWeight { get; init; } = 0.2;
}

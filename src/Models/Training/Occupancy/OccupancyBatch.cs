using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>N shapes as tensors.</summary>
/// <param name="Input">N x P x 3 points, or N x 3 x S x S images.</param>
/// <param name="Queries">N x T x 3.</param>
/// <param name="Occupancies">N x T, 1 inside and 0 outside.</param>
/// <param name="PartRows">Of the N T queries, flat, those that lie in a part.</param>
/// <param name="PartLabels">Their labels.</param>
/// <param name="Categories">N.</param>
internal sealed record OccupancyBatch(Tensor Input, Tensor Queries, Tensor Occupancies, Tensor PartRows, Tensor PartLabels, Tensor Categories);

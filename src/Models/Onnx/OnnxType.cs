namespace Bitcurve.Models.Onnx;

/// <summary>Element types of tensors (TensorProto.DataType of onnx.proto), as far as they are written here.</summary>
internal enum OnnxType
{
    Float = 1,
    Int8 = 3,
    Int64 = 7,
    Float16 = 10,

    /// <summary>[-8, 7], two to a byte; from opset 21.</summary>
    Int4 = 22,

    /// <summary>[-2, 1], four to a byte; from opset 25.</summary>
    Int2 = 26,
}

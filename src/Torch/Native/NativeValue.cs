using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Mirrors <c>Kind</c> in bitcurve_torch.cpp.</summary>
internal enum ValueKind
{
    Default = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    None = 7,
    Device = 8,
    String = 9,
}

/// <summary>Mirrors <c>Value</c> in bitcurve_torch.cpp.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal ValueKind Kind;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Real;

    [FieldOffset(8)]
    internal nint Pointer;

    [FieldOffset(16)]
    internal long Count;
}

using System.Runtime.InteropServices;

namespace Bitcurve.Models.Onnx;

/// <summary>
/// The functions in use of ONNX Runtime's C interface: a table of function pointers (<c>OrtApi</c> in onnxruntime_c_api.h) that is only ever
/// appended to, so a place in it is a function for good. Those that can fail return a status, null for success.
/// </summary>
internal sealed unsafe class OnnxRuntimeApi
{
    // The oldest version of the table that has all that is used here.
    private const uint Version = 17;

    private static readonly Lazy<OnnxRuntimeApi> Shared = new(() => new OnnxRuntimeApi());

    private readonly void** table;

    private OnnxRuntimeApi()
    {
        // OrtApiBase: GetApi(version), GetVersionString().
        var getBase = (delegate* unmanaged<void**>)NativeLibrary.GetExport(OnnxRuntimeLibrary.Handle, "OrtGetApiBase");
        var functions = getBase();
        VersionText = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)functions[1])()) ?? "";
        table = ((delegate* unmanaged<uint, void**>)functions[0])(Version);
        if (table is null)
        {
            throw new OnnxRuntimeMissingException($"ONNX Runtime: expected version 1.{Version} or later, actual {VersionText}");
        }
    }

    /// <exception cref="OnnxRuntimeMissingException">There is no library, or too old a one.</exception>
    internal static OnnxRuntimeApi Instance => Shared.Value;

    /// <summary>E.g. <c>1.30.0</c>.</summary>
    internal string VersionText { get; }

    internal delegate* unmanaged<nint, nint> GetErrorMessage => (delegate* unmanaged<nint, nint>)table[2];

    internal delegate* unmanaged<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged<int, byte*, nint*, nint>)table[3];

    internal delegate* unmanaged<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray => (delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)table[8];

    internal delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)table[9];

    internal delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)table[10];

    internal delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)table[24];

    internal delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithData =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];

    internal delegate* unmanaged<nint, void**, nint> GetTensorMutableData => (delegate* unmanaged<nint, void**, nint>)table[51];

    internal delegate* unmanaged<nint, int*, nint> GetTensorElementType => (delegate* unmanaged<nint, int*, nint>)table[60];

    internal delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount => (delegate* unmanaged<nint, nuint*, nint>)table[61];

    internal delegate* unmanaged<nint, long*, nuint, nint> GetDimensions => (delegate* unmanaged<nint, long*, nuint, nint>)table[62];

    internal delegate* unmanaged<nint, nint*, nint> GetTensorTypeAndShape => (delegate* unmanaged<nint, nint*, nint>)table[65];

    internal delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged<int, int, nint*, nint>)table[69];

    internal delegate* unmanaged<nint, void> ReleaseStatus => (delegate* unmanaged<nint, void>)table[93];

    internal delegate* unmanaged<nint, void> ReleaseMemoryInfo => (delegate* unmanaged<nint, void>)table[94];

    internal delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)table[95];

    internal delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)table[96];

    internal delegate* unmanaged<nint, void> ReleaseTensorTypeAndShapeInfo => (delegate* unmanaged<nint, void>)table[99];

    internal delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)table[100];

    internal delegate* unmanaged<nint, byte*, byte*, nint> AddSessionConfigEntry => (delegate* unmanaged<nint, byte*, byte*, nint>)table[130];
}

using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Entry points, named and shaped as in TorchSharp.</summary>
public static partial class torch
{
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>Version of the libtorch in use.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(NativeMethods.bitcurve_libtorch_version()) ?? "";

    public static Tensor tensor(float[] rawArray, long[]? dimensions = null, ScalarType? dtype = null, Device? device = null) =>
        FromElements(rawArray, dimensions, ScalarType.Float32, dtype, device);

    public static Tensor tensor(double[] rawArray, long[]? dimensions = null, ScalarType? dtype = null, Device? device = null) =>
        FromElements(rawArray, dimensions, ScalarType.Float64, dtype, device);

    public static Tensor tensor(long[] rawArray, long[]? dimensions = null, ScalarType? dtype = null, Device? device = null) =>
        FromElements(rawArray, dimensions, ScalarType.Int64, dtype, device);

    public static Tensor tensor(byte[] rawArray, long[]? dimensions = null, ScalarType? dtype = null, Device? device = null) =>
        FromElements(rawArray, dimensions, ScalarType.Byte, dtype, device);

    public static Tensor tensor(float scalar, ScalarType? dtype = null, Device? device = null) =>
        FromElements([scalar], [], ScalarType.Float32, dtype, device);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null) => Ops.Empty.Call(size, dtype, Argument.None, device);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null) => Ops.Zeros.Call(size, dtype, Argument.None, device);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null) => Ops.Ones.Call(size, dtype, Argument.None, device);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null) =>
        Ops.Full.Call(size, value, dtype, Argument.None, device);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null) => Ops.Arange.Call(stop, dtype, Argument.None, device);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null) => Ops.Randn.Call(size, dtype, Argument.None, device);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.Where.Call(condition, x, y);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.Cat.Call(tensors.ToArray(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.Stack.Call(tensors.ToArray(), dim);

    /// <summary>Distances between all rows of B x P x D and B x R x D: B x P x R.</summary>
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Ops.Cdist.Call(x1, x2, p);

    public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.bitcurve_manual_seed(seed));

    public static int get_num_threads() => NativeMethods.bitcurve_num_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.bitcurve_set_num_threads(num));

    private static unsafe Tensor FromElements<T>(T[] elements, long[]? dimensions, ScalarType type, ScalarType? dtype, Device? device)
        where T : unmanaged
    {
        dimensions ??= [elements.LongLength];
        var count = dimensions.Aggregate(1L, (product, size) => product * size);
        if (count != elements.LongLength)
        {
            throw new ArgumentException($"a tensor of shape [{string.Join(", ", dimensions)}] needs {count} elements, got {elements.LongLength}");
        }

        Tensor result;
        fixed (T* pointer = elements)
        fixed (long* shape = dimensions)
        {
            NativeMethods.Check(NativeMethods.bitcurve_tensor_from_bytes(
                pointer, elements.LongLength * sizeof(T), shape, dimensions.Length, (int)type, out var handle));
            result = new Tensor(handle);
        }

        return Converted(Converted(result, dtype is { } wanted && wanted != type, t => t.to_type(dtype!.Value)), device is { type: not DeviceType.CPU }, t => t.to(device!));
    }

    private static Tensor Converted(Tensor tensor, bool needed, Func<Tensor, Tensor> convert)
    {
        if (!needed)
        {
            return tensor;
        }

        using (tensor)
        {
            return convert(tensor);
        }
    }

    public static class linalg
    {
        /// <summary>Vector norm of order <paramref name="ord"/> over <paramref name="dims"/>; infinity gives max |x|.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Ops.VectorNorm.Call(input, ord, dims, keepdim);
    }
}

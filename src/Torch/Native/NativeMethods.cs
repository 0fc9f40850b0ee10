using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The C interface of <c>bitcurve_torch.cpp</c>. Every <c>int</c> result that is documented there is 0 on success.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "bitcurve_torch";

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bitcurve_find_operator(string name, string overload, out nint result);

    [LibraryImport(Library)]
    internal static partial int bitcurve_call(nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int resultCapacity, out int resultCount);

    [LibraryImport(Library)]
    internal static partial nint bitcurve_last_error();

    [LibraryImport(Library)]
    internal static partial nint bitcurve_libtorch_version();

    [LibraryImport(Library)]
    internal static partial void bitcurve_free_list(nint handles);

    [LibraryImport(Library)]
    internal static partial void bitcurve_tensor_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_from_bytes(void* bytes, long byteCount, long* shape, int dimensions, int dtype, out nint result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long bitcurve_tensor_dim(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long bitcurve_tensor_numel(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long bitcurve_tensor_element_size(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int bitcurve_tensor_dtype(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void bitcurve_tensor_sizes(nint tensor, long* sizes);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void bitcurve_tensor_strides(nint tensor, long* strides);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void bitcurve_tensor_device(nint tensor, out int type, out int index);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int bitcurve_tensor_is_contiguous(nint tensor);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_data_pointer(nint tensor, out nint result);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_requires_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_set_requires_grad(nint tensor, int value);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_grad(nint tensor, out nint result);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_backward(nint tensor);

    [LibraryImport(Library)]
    internal static partial int bitcurve_tensor_set_data(nint tensor, nint data);

    [LibraryImport(Library)]
    internal static partial int bitcurve_grad_mode();

    [LibraryImport(Library)]
    internal static partial void bitcurve_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial int bitcurve_num_threads();

    [LibraryImport(Library)]
    internal static partial int bitcurve_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int bitcurve_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int bitcurve_cuda_device_count();

    /// <exception cref="ExternalException"><paramref name="status"/> is not 0; the message is libtorch's own, without its stack trace.</exception>
    internal static void Check(int status)
    {
        if (status != 0)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8(bitcurve_last_error()) ?? "unknown native error");
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        var file = Path.Combine(AppContext.BaseDirectory, "libbitcurve_torch.so");
        if (NativeLibrary.TryLoad(file, out var handle))
        {
            return handle;
        }

        throw new DllNotFoundException(File.Exists(file)
            ? $"the libtorch bridge {file} does not load: its libtorch is missing or another version; build again (./bitcurve does)"
            : "the libtorch bridge was not built: install libtorch-dev and g++ (Debian/Ubuntu), or set LIBTORCH to a libtorch or PyTorch folder, then build again");
    }
}

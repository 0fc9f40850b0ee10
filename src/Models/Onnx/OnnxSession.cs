using System.Runtime.InteropServices;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Onnx;

/// <summary>A model loaded into ONNX Runtime on the CPU, from <c>image</c> to <c>logits</c>. Thread-safe as the runtime's sessions are.</summary>
public sealed unsafe class OnnxSession : IDisposable
{
    private const int LogNothing = 4; // only fatal errors: what goes wrong comes back as a status
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;

    private static readonly Lazy<nint> Environment = new(CreateEnvironment);

    private readonly OnnxRuntimeApi api = OnnxRuntimeApi.Instance;
    private readonly string name;
    private readonly nint memory;
    private nint session;

    private OnnxSession(ReadOnlySpan<byte> model, string name, int threads)
    {
        this.name = name;
        nint options;
        Check(api.CreateSessionOptions(&options));
        try
        {
            Check(api.SetIntraOpNumThreads(options, threads));
            fixed (byte* key = "session.intra_op.allow_spinning\0"u8, no = "0\0"u8)
            {
                // Threads that wait must not take the cores that libtorch or other processes work on.
                Check(api.AddSessionConfigEntry(options, key, no));
            }

            fixed (byte* bytes = model)
            fixed (nint* result = &session)
            {
                Check(api.CreateSessionFromArray(Environment.Value, bytes, (nuint)model.Length, options, result));
            }
        }
        finally
        {
            api.ReleaseSessionOptions(options);
        }

        fixed (nint* result = &memory)
        {
            Check(api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, result));
        }
    }

    /// <summary>Version of the runtime, e.g. <c>1.30.0</c>.</summary>
    /// <exception cref="OnnxRuntimeMissingException">There is no library.</exception>
    public static string RuntimeVersion => OnnxRuntimeApi.Instance.VersionText;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The bytes of an ONNX file; not needed any more afterwards.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="threads">For one operator, at least 1.</param>
    /// <exception cref="OnnxRuntimeMissingException">There is no library.</exception>
    /// <exception cref="DataFormatException">The runtime refuses the model.</exception>
    public static OnnxSession Open(ReadOnlySpan<byte> model, string name, int threads) => new(model, name, threads);

    /// <summary>Computes logits.</summary>
    /// <param name="images">N x C x positions, contiguous.</param>
    /// <param name="shape">N, C and the positions along each axis.</param>
    /// <returns>N x K, row-major, and K; where a sample's output has positions too, K is the number of all its elements.</returns>
    /// <exception cref="DataFormatException">The runtime cannot compute the model on this input, or its output is not floats for each of the N.</exception>
    public (float[] Logits, int Classes) Run(float[] images, IReadOnlyList<long> shape)
    {
        ObjectDisposedException.ThrowIf(session == 0, this);
        nint input = 0;
        nint output = 0;
        fixed (float* values = images)
        fixed (long* extents = shape.ToArray())
        fixed (byte* image = "image\0"u8, logits = "logits\0"u8)
        {
            try
            {
                Check(api.CreateTensorWithData(memory, values, (nuint)images.Length * sizeof(float), extents, (nuint)shape.Count, (int)OnnxType.Float, &input));
                Check(api.Run(session, 0, &image, &input, 1, &logits, 1, &output));
                return Read(output, shape[0]);
            }
            finally
            {
                Release(output);
                Release(input);
            }
        }
    }

    public void Dispose()
    {
        if (session != 0)
        {
            api.ReleaseSession(session);
            api.ReleaseMemoryInfo(memory);
            session = 0;
        }
    }

    // One for the process, and for its whole life: the runtime's logging hangs on it.
    private static nint CreateEnvironment()
    {
        nint result;
        fixed (byte* id = "bitcurve\0"u8)
        {
            var status = OnnxRuntimeApi.Instance.CreateEnv(LogNothing, id, &result);
            return status == 0 ? result : throw new InvalidOperationException(TakeMessage(OnnxRuntimeApi.Instance, status));
        }
    }

    private static string TakeMessage(OnnxRuntimeApi api, nint status)
    {
        var message = Marshal.PtrToStringUTF8(api.GetErrorMessage(status)) ?? "an unknown error";
        api.ReleaseStatus(status);
        return message;
    }

    private (float[] Logits, int Classes) Read(nint value, long count)
    {
        nint info;
        Check(api.GetTensorTypeAndShape(value, &info));
        try
        {
            int type;
            nuint axes;
            Check(api.GetTensorElementType(info, &type));
            Check(api.GetDimensionsCount(info, &axes));
            var shape = new long[axes];
            fixed (long* extents = shape)
            {
                Check(api.GetDimensions(info, extents, axes));
            }

            if (type != (int)OnnxType.Float || shape.Length < 2 || shape[0] != count)
            {
                throw new DataFormatException(name, "output 'logits'", null, $"{count} rows of floats", $"element type {type} of shape [{string.Join(", ", shape)}]");
            }

            void* data;
            Check(api.GetTensorMutableData(value, &data));
            var outputs = shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
            return (new ReadOnlySpan<float>(data, checked((int)(shape[0] * outputs))).ToArray(), (int)outputs);
        }
        finally
        {
            api.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    private void Release(nint value)
    {
        if (value != 0)
        {
            api.ReleaseValue(value);
        }
    }

    private void Check(nint status)
    {
        if (status != 0)
        {
            throw new DataFormatException(name, "model", null, $"one that ONNX Runtime {api.VersionText} computes", TakeMessage(api, status));
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Native;

/// <summary>
/// One ATen operator, found by name and overload when first called and cached from then on.
/// Thread-safe; the call itself obeys the calling thread's grad mode.
/// </summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxArguments = 24;
    private const int MaxResults = 8;

    // Room for the integer lists of one call: five lists of six extents (3D convolutions) fit twice over.
    private const int MaxListItems = 64;

    private nint handle;

    /// <summary>Calls the operator; trailing arguments left out take the schema's defaults. Returns its only tensor.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(arguments, results);
        return Wrap(results[0]);
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (torch.Tensor First, torch.Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(arguments, results);
        return (Wrap(results[0]), Wrap(results[1]));
    }

    /// <summary>Calls an in-place operator on its first argument and drops the second handle to the same tensor.</summary>
    internal torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Argument> others)
    {
        var all = new ArgumentBuffer();
        Span<Argument> arguments = all;
        arguments[0] = self;
        others.CopyTo(arguments[1..]);
        var results = stackalloc NativeValue[MaxResults];
        Invoke(arguments[..(others.Length + 1)], results);
        if (results[0].Kind == ValueKind.Tensor)
        {
            NativeMethods.bitcurve_tensor_free(results[0].Pointer);
        }

        return self;
    }

    /// <summary>Calls an operator that returns a number.</summary>
    internal double CallNumber(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(arguments, results);
        return results[0].Kind == ValueKind.Double ? results[0].Real : results[0].Integer;
    }

    private static torch.Tensor Wrap(NativeValue value) => value.Kind == ValueKind.Tensor
        ? new torch.Tensor(value.Pointer)
        : throw new ExternalException($"expected a tensor result, got {value.Kind}");

    private void Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results)
    {
        if (arguments.Length > MaxArguments)
        {
            throw new ArgumentException($"{name}: at most {MaxArguments} arguments, got {arguments.Length}");
        }

        var native = stackalloc NativeValue[MaxArguments];
        var lists = stackalloc long[MaxListItems];
        var used = 0;
        nint text = 0;
        for (var k = 0; k < arguments.Length; k++)
        {
            ref readonly var argument = ref arguments[k];
            native[k].Kind = argument.Kind;
            switch (argument.Reference)
            {
                case torch.Tensor tensor:
                    native[k].Pointer = tensor.Handle;
                    break;
                case long[] values:
                    native[k].Pointer = (nint)(lists + Reserve(ref used, values.Length));
                    native[k].Count = values.Length;
                    values.CopyTo(new Span<long>((void*)native[k].Pointer, values.Length));
                    break;
                case torch.Tensor[] tensors:
                    native[k].Pointer = (nint)(lists + Reserve(ref used, tensors.Length));
                    native[k].Count = tensors.Length;
                    for (var t = 0; t < tensors.Length; t++)
                    {
                        ((nint*)native[k].Pointer)[t] = tensors[t].Handle;
                    }

                    break;
                case string value:
                    text = Marshal.StringToCoTaskMemUTF8(value);
                    native[k].Pointer = text;
                    native[k].Count = Encoding.UTF8.GetByteCount(value);
                    break;
                default:
                    native[k].Integer = argument.Integer;
                    if (argument.Kind == ValueKind.Double)
                    {
                        native[k].Real = argument.Real;
                    }
                    else if (argument.Kind == ValueKind.Device)
                    {
                        native[k].Count = (long)argument.Real;
                    }

                    break;
            }
        }

        NativeMethods.Check(NativeMethods.bitcurve_call(Resolve(), native, arguments.Length, results, MaxResults, out _));
        Marshal.FreeCoTaskMem(text);

        // The handles above are plain pointers: their tensors must outlive the call.
        foreach (ref readonly var argument in arguments)
        {
            GC.KeepAlive(argument.Reference);
        }
    }

    private int Reserve(ref int used, int count)
    {
        if (used + count > MaxListItems)
        {
            throw new ArgumentException($"{name}: list arguments hold at most {MaxListItems} items together, got {used + count}");
        }

        used += count;
        return used - count;
    }

    private nint Resolve()
    {
        if (handle == 0)
        {
            NativeMethods.Check(NativeMethods.bitcurve_find_operator(name, overload, out var found));
            handle = found;
        }

        return handle;
    }

    [System.Runtime.CompilerServices.InlineArray(MaxArguments)]
    private struct ArgumentBuffer
    {
        private Argument first;
    }
}

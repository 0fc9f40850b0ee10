namespace TorchSharp.Native;

/// <summary>One operator argument on the managed side; converts implicitly from everything that libtorch's schemas take.</summary>
internal readonly struct Argument
{
    private Argument(ValueKind kind, long integer = 0, double real = 0, object? reference = null)
    {
        Kind = kind;
        Integer = integer;
        Real = real;
        Reference = reference;
    }

    /// <summary>Stands for the schema's default value.</summary>
    internal static Argument Default => default;

    /// <summary>An absent optional argument.</summary>
    internal static Argument None => new(ValueKind.None);

    internal ValueKind Kind { get; }

    internal long Integer { get; }

    internal double Real { get; }

    internal object? Reference { get; }

    public static implicit operator Argument(torch.Tensor? tensor) => tensor is null ? None : new(ValueKind.Tensor, reference: tensor);

    public static implicit operator Argument(torch.Tensor[] tensors) => new(ValueKind.TensorList, reference: tensors);

    public static implicit operator Argument(long value) => new(ValueKind.Int, value);

    public static implicit operator Argument(double value) => new(ValueKind.Double, real: value);

    public static implicit operator Argument(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static implicit operator Argument(long[]? values) => values is null ? None : new(ValueKind.IntList, reference: values);

    public static implicit operator Argument(string value) => new(ValueKind.String, reference: value);

    public static implicit operator Argument(torch.ScalarType dtype) => new(ValueKind.Int, (long)dtype);

    public static implicit operator Argument(torch.ScalarType? dtype) => dtype is { } given ? given : None;

    public static implicit operator Argument(torch.Device? device) => device is null ? None : new(ValueKind.Device, (long)device.type, device.index);

    public static implicit operator Argument(Scalar? scalar) => scalar is null ? None : scalar.IsInteger ? (Argument)scalar.Integer : scalar.Real;
}

namespace TorchSharp;

/// <summary>A number as an operator argument; integers stay integers, so that integer tensors keep their type.</summary>
public sealed class Scalar
{
    private Scalar(bool isInteger, long integer, double real)
    {
        IsInteger = isInteger;
        Integer = integer;
        Real = real;
    }

    internal bool IsInteger { get; }

    internal long Integer { get; }

    internal double Real { get; }

    public static implicit operator Scalar(int value) => new(true, value, value);

    public static implicit operator Scalar(long value) => new(true, value, value);

    public static implicit operator Scalar(float value) => new(false, 0, value);

    public static implicit operator Scalar(double value) => new(false, 0, value);
}

namespace Bitcurve.Gp;

/// <summary>Independent N(0, 1) numbers from a seed (Box and Muller 1958). Not thread-safe: one source per consumer.</summary>
public sealed class StandardNormal(int seed)
{
    private readonly Random _uniform = new(seed);
    private double? _spare;

    public double Next()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }
        // 1 - u lies in (0, 1], so that the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(1 - _uniform.NextDouble()));
        var angle = 2 * Math.PI * _uniform.NextDouble();
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    public double[] Next(int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Next();
        }
        return numbers;
    }
}

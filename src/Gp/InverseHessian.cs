namespace Bitcurve.Gp;

/// <summary>The quasi-Newton estimate H of an inverse Hessian, P x P, positive definite. Nocedal and Wright 2006, section 6.1.</summary>
internal sealed class InverseHessian
{
    private readonly double[] _matrix;
    private readonly int _size;
    private bool _isScaled;

    private InverseHessian(double[] matrix, int size, bool isScaled) => (_matrix, _size, _isScaled, IsIdentity) = (matrix, size, isScaled, !isScaled);

    /// <summary>Whether nothing was learned yet.</summary>
    public bool IsIdentity { get; private set; }

    /// <summary>H, or null while it is the identity.</summary>
    public double[]? Matrix => IsIdentity ? null : _matrix;

    /// <summary>A copy of <paramref name="known"/>, or the identity.</summary>
    public static InverseHessian Of(double[]? known, int size)
    {
        if (known is not null && known.Length == size * size)
        {
            return new InverseHessian(known.ToArray(), size, isScaled: true);
        }
        var identity = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            identity[(i * size) + i] = 1;
        }
        return new InverseHessian(identity, size, isScaled: false);
    }

    /// <summary>-H g, no longer than <paramref name="longest"/>; while nothing is known, of length at most 1.</summary>
    public double[] Direction(double[] gradient, double longest)
    {
        var direction = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            direction[i] = -RowProducts.Dot(_matrix.AsSpan(i * _size, _size), gradient);
        }
        var length = Math.Sqrt(RowProducts.Dot(direction, direction));
        var limit = IsIdentity ? 1 : longest;
        for (var i = 0; i < _size && length > limit; i++)
        {
            direction[i] *= limit / length;
        }
        return direction;
    }

    /// <summary>H+ = (I - rho s y^T) H (I - rho y s^T) + rho s s^T, equation 6.17.</summary>
    public void Update(Bfgs.State from, Bfgs.State to)
    {
        double[] step = [.. to.Point.Zip(from.Point, (after, before) => after - before)];
        double[] change = [.. to.Gradient.Zip(from.Gradient, (after, before) => after - before)];
        var curvature = RowProducts.Dot(step, change);
        var squared = RowProducts.Dot(change, change);
        // Only positive curvature keeps H positive definite; the line search leaves it so unless it was cut off.
        if (!(curvature > 1e-12 * squared))
        {
            return;
        }
        if (!_isScaled)
        {
            // The identity knows no scale: the first step tells one (equation 6.20).
            for (var i = 0; i < _size; i++)
            {
                _matrix[(i * _size) + i] = curvature / squared;
            }
            _isScaled = true;
        }
        IsIdentity = false;
        var product = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            product[i] = RowProducts.Dot(_matrix.AsSpan(i * _size, _size), change);
        }
        var factor = (1 + (RowProducts.Dot(product, change) / curvature)) / curvature;
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
            {
                _matrix[(i * _size) + j] += (factor * step[i] * step[j]) - (((product[i] * step[j]) + (step[i] * product[j])) / curvature);
            }
        }
    }
}

namespace Bitcurve.Gp;

/// <summary>A function of a vector with its gradient.</summary>
internal interface IDifferentiableFunction
{
    /// <summary>The value; positive infinity where it is not defined.</summary>
    double Evaluate(ReadOnlySpan<double> point);

    /// <summary>The gradient where <see cref="Evaluate"/> was last called.</summary>
    void Gradient(Span<double> gradient);
}

/// <summary>Where a minimisation ended.</summary>
/// <param name="Point">P entries.</param>
/// <param name="Value">There.</param>
/// <param name="Evaluations">Of the value.</param>
/// <param name="InverseHessian">P x P row-major, an estimate; null when nothing was learned.</param>
internal sealed record Minimum(double[] Point, double Value, int Evaluations, double[]? InverseHessian);

namespace Bitcurve.Search.Report.Charts;

/// <summary>Maps values of one axis to positions in the drawing, monotone.</summary>
public interface IScale
{
    /// <summary>Smallest value shown.</summary>
    double Minimum { get; }

    /// <summary>Largest value shown, above <see cref="Minimum"/>.</summary>
    double Maximum { get; }

    /// <summary>Position of a value; what lies outside the range is moved to its border.</summary>
    double At(double value);
}

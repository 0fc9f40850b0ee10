namespace Bitcurve.Gp;

/// <summary>One observation next to what the model predicts of it without having seen its group.</summary>
/// <param name="Index">Row among the observations.</param>
/// <param name="Task">Of the observation.</param>
/// <param name="Value">y, in the units of the model.</param>
/// <param name="Mean">Predicted y.</param>
/// <param name="Variance">Of the prediction, observation noise included, &gt; 0.</param>
public sealed record LeftOut(int Index, int Task, double Value, double Mean, double Variance)
{
    /// <summary>(y - mean) / deviation: standard normal over many observations when the model is right.</summary>
    public double StandardizedResidual => (Value - Mean) / Math.Sqrt(Variance);

    /// <summary>log p(y), nats, normal.</summary>
    public double LogDensity => -0.5 * (Math.Log(2 * Math.PI * Variance) + (StandardizedResidual * StandardizedResidual));
}

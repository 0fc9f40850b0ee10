using System.Globalization;
using System.Text.Json.Serialization;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>One layer: weights, and multiply-accumulates for one sample. A skipped one has no digit in the bits.</summary>
public sealed record PictureLayer(string Name, long Weights, long Macs, bool Skipped)
{
    /// <summary>The earlier layer whose digit it shares, null for one of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SharesWith { get; init; }
}

/// <summary>FP32: the metric on the validation split, on the test split, bytes; null what is not measured.</summary>
public sealed record PictureBaseline(double? Accuracy, double? TestAccuracy, long MemoryBytes);

/// <summary>The same level in every layer; accuracies are null where it was not measured, the estimate without a model.</summary>
public sealed record PictureUniform(
    int Level, string Bits, long MemoryBytes, double? Accuracy, int? Epochs, Estimate? Estimate, double? TestAccuracy);

/// <summary>A network that the model expects on the front.</summary>
public sealed record PicturePrediction(string Bits, long MemoryBytes, double Mean, double Deviation)
{
    internal static PicturePrediction Of(SearchReport report, ReportedPrediction prediction) => new(
        report.TextOf(prediction.Bits),
        prediction.MemoryBytes,
        PictureNumbers.Rounded(prediction.Mean),
        PictureNumbers.Rounded(prediction.Deviation));
}

/// <summary>What the test split says of a network, over so many runs; bits are empty for FP32.</summary>
public sealed record PictureVerification(
    string Bits,
    long MemoryBytes,
    double? Mean,
    double? Deviation,
    int Runs,
    IReadOnlyList<VerificationGroup> Groups,
    Estimate? Estimate);

/// <summary>The model's estimate of the network that has one level everywhere.</summary>
public sealed record UniformEstimate(string Bits, double Mean, double Deviation);

/// <summary>How derived figures are rounded: a chart cannot show more, and digits that mean nothing do not compress.</summary>
public static class PictureNumbers
{
    /// <summary>Significant digits.</summary>
    public const int Digits = 6;

    /// <summary>To so many significant digits; what is not finite stays.</summary>
    public static double Rounded(double value, int digits = Digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        // By decimals: scaling up and down again would bring the binary digits back.
        int decimals = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals switch
        {
            <= 0 => Math.Round(value),
            <= 15 => Math.Round(value, decimals),
            _ => double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        };
    }

    internal static double? Rounded(double? value, int digits = Digits) => value is double number ? Rounded(number, digits) : null;

    internal static Estimate? Rounded(Estimate? estimate) =>
        estimate is null ? null : new Estimate(Rounded(estimate.Mean), Rounded(estimate.Deviation));
}

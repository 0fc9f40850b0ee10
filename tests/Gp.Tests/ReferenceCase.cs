using System.Text.Json;

namespace Bitcurve.Gp.Tests;

/// <summary>
/// A case of reference/icm_cases.json: posterior and information on which GPyTorch, dense float64 and 120-digit arithmetic agree.
/// </summary>
public sealed class ReferenceCase
{
    private static readonly Lazy<ReferenceCase[]> Loaded = new(Load);

    private readonly JsonElement _json;

    private ReferenceCase(JsonElement json) => _json = json;

    public static TheoryData<string> Names => new(Loaded.Value.Select(reference => reference.Name));

    public string Name => _json.GetProperty("name").GetString()!;

    public int TaskCount => _json.GetProperty("m").GetInt32();

    public JsonElement Gradient => _json.GetProperty("grad");

    public JsonElement[] Information => [.. _json.GetProperty("info").EnumerateArray()];

    public double LogMarginalLikelihood => _json.GetProperty("lml").GetDouble();

    public Points TestPoints => new(_json.GetProperty("d").GetInt32(), Matrix(_json.GetProperty("X_test")));

    public static ReferenceCase Named(string name) => Loaded.Value.Single(reference => reference.Name == name);

    public static double[] Vector(JsonElement json) => [.. json.EnumerateArray().Select(entry => entry.GetDouble())];

    public static double[][] Matrix(JsonElement json) => [.. json.EnumerateArray().Select(Vector)];

    public double[][] Matrix(string field) => Matrix(_json.GetProperty(field));

    public Observations Observations() => new(
        _json.GetProperty("d").GetInt32(),
        TaskCount,
        Matrix("X"),
        [.. _json.GetProperty("task").EnumerateArray().Select(entry => entry.GetInt32())],
        Vector(_json.GetProperty("y")));

    public Hyperparameters Hyperparameters()
    {
        var json = _json.GetProperty("hyper");
        return Gp.Hyperparameters.FromCovariance(
            Vector(json.GetProperty("lengthscale")), Matrix(json.GetProperty("B")), Vector(json.GetProperty("noise_var")),
                Vector(json.GetProperty("mean")));
    }

    public MultiTaskGp Model() => new(Observations(), SquaredExponential.Instance, Hyperparameters());

    private static ReferenceCase[] Load()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "reference", "icm_cases.json"));
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray().Select(json => new ReferenceCase(json))];
    }
}

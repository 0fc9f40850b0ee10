using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitcurve.Gp.Tests;

/// <summary>What a search stores of a fit must read back exactly, also what an earlier version wrote.</summary>
public sealed class SnapshotTests
{
    /// <summary>As a search stores its state (`src/Search/Trials/SearchJson.cs`).</summary>
    private static readonly JsonSerializerOptions Stored = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
    };

    [Fact]
    public void WarmStart_WrittenAndRead_IsTheSameToTheLastBit()
    {
        var random = new FeatureCase(1);
        var fit = HyperparameterFit.Fit(random.Observations, random.Kernel, random.Options(new HyperparameterPriors()));
        var again = Again(fit.ToWarmStart());

        AssertSame(fit.Hyperparameters, again.Hyperparameters);
        Assert.NotNull(again.InverseHessian);
        Assert.Equal(fit.InverseHessian, again.InverseHessian);
    }

    [Fact]
    public void WarmStart_WrittenAndRead_GivesTheSameNextFit()
    {
        var (earlier, later) = (SubsetFitTests.Drawn(1, 30), SubsetFitTests.Drawn(1, 34));
        var start = HyperparameterFit.Fit(earlier, Matern52.Instance).ToWarmStart();
        var expected = HyperparameterFit.Fit(later, Matern52.Instance, warmStart: start);
        var actual = HyperparameterFit.Fit(later, Matern52.Instance, warmStart: Again(start));
        Assert.Equal((expected.LogPosterior, expected.Evaluations), (actual.LogPosterior, actual.Evaluations));
    }

    [Fact]
    public void Hyperparameters_WrittenAndRead_AreTheSame()
    {
        var at = new FeatureCase(2).Hyperparameters;
        AssertSame(at, JsonSerializer.Deserialize<Hyperparameters>(JsonSerializer.Serialize(at, Stored), Stored)!);
        AssertSame(at, JsonSerializer.Deserialize<Hyperparameters>(JsonSerializer.Serialize(at))!);
    }

    [Fact]
    public void WarmStart_FromBeforeFeaturesNuggetAndCurvature_HasNone()
    {
        const string old = """
            {"hyperparameters":{"lengthscale":[0.5,0.7],"coregionalizationFactor":[[1,0],[0.5,2]],"noiseVariance":[0.1,0.2],"mean":[0,1]}}
            """;
        var start = JsonSerializer.Deserialize<WarmStart>(old, Stored)!;

        Assert.Null(start.InverseHessian);
        AssertSame(new Hyperparameters([0.5, 0.7], [[1, 0], [0.5, 2]], [0.1, 0.2], [0, 1]), start.Hyperparameters);
        // And a fit can begin there.
        Assert.True(double.IsFinite(HyperparameterFit.Fit(SubsetFitTests.Drawn(1, 8), Matern52.Instance, warmStart: start).LogPosterior));
    }

    [Fact]
    public void WarmStart_DamagedValues_AreRefused()
    {
        const string negative = """
            {"hyperparameters":{"lengthscale":[-1],"coregionalizationFactor":[[1]],"noiseVariance":[0.1],"mean":[0]}}
            """;
        Assert.Contains("Expected lengthscales > 0, got -1.",
            Assert.Throws<ArgumentException>(() => JsonSerializer.Deserialize<WarmStart>(negative, Stored)).Message);
    }

    [Fact]
    public void Hyperparameters_NewFieldsOutOfRange_ThrowNamingThem()
    {
        static string Message(double[]? linear, double nugget) =>
            Assert.Throws<ArgumentException>(() => new Hyperparameters([1], [[1]], [0.1], [0], linear, nugget)).Message;
        Assert.Contains("Expected linear variances >= 0, got -1.", Message([0.5, -1], 0));
        Assert.Contains("Expected linear variances >= 0, got NaN.", Message([double.NaN], 0));
        Assert.Contains("Expected a nugget >= 0, got -0.5.", Message(null, -0.5));
        Assert.Contains("Expected a nugget >= 0, got Infinity.", Message([], double.PositiveInfinity));
    }

    private static WarmStart Again(WarmStart start) => JsonSerializer.Deserialize<WarmStart>(JsonSerializer.Serialize(start, Stored), Stored)!;

    private static void AssertSame(Hyperparameters expected, Hyperparameters actual)
    {
        Assert.Equal(expected.Lengthscale, actual.Lengthscale);
        Assert.Equal(expected.CoregionalizationFactor, actual.CoregionalizationFactor);
        Assert.Equal(expected.NoiseVariance, actual.NoiseVariance);
        Assert.Equal(expected.Mean, actual.Mean);
        Assert.Equal(expected.LinearVariance, actual.LinearVariance);
        Assert.Equal(expected.Nugget, actual.Nugget);
    }
}

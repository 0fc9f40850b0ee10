using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary><c>bitcurve gp fit</c>: what it reports is what <c>bitcurve gp eval</c> gives for it.</summary>
public sealed class GpFitTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("default", "se")]
    [InlineData("none", "se")]
    [InlineData("none", "matern52")]
    public async Task Fit_ReferenceInputs_ReportsTheLikelihoodThatEvalGives(string prior, string kernel)
    {
        var inputs = GpCases.ReferenceInputs();
        var fits = await RunAsync(inputs, "fit", "--prior", prior, "--kernel", kernel);
        inputs["kernel"] = kernel;
        var evaluations = await EvaluateAsync(inputs, fits);

        for (var i = 0; i < fits.GetArrayLength(); i++)
        {
            // Both are computed from the same printed hyperparameters; the tolerance is for another order of operations.
            Assert.Equal(Likelihood(fits[i]), Likelihood(evaluations[i]), 1e-9 * Math.Abs(Likelihood(fits[i])));
        }
    }

    [Fact]
    public async Task Fit_WithoutPrior_EndsWhereTheGradientIsFlatAndAboveTheGivenHyperparameters()
    {
        var inputs = GpCases.ReferenceInputs();
        var given = await RunAsync(inputs, "eval");
        var fits = await RunAsync(inputs, "fit", "--prior", "none");
        var evaluations = await EvaluateAsync(inputs, fits);

        for (var i = 0; i < fits.GetArrayLength(); i++)
        {
            Assert.True(Likelihood(fits[i]) > Likelihood(given[i]));
            var lengthscale = GpCases.Numbers(fits[i].GetProperty("hyper").GetProperty("lengthscale"));
            var slope = GpCases.Numbers(evaluations[i].GetProperty("grad").GetProperty("lengthscale"));
            // Per logarithm, in nats: the optimiser stops when steps gain less than 1e-4, where 1 % more changes the likelihood by 0.005.
            Assert.All(lengthscale.Zip(slope), pair => Assert.InRange(pair.First * pair.Second, -0.5, 0.5));
        }
    }

    [Fact]
    public async Task Fit_ScaledAndShiftedTask_ConvertsEveryUnit()
    {
        var inputs = GpCases.ReferenceInputs();
        var fits = await RunAsync(inputs, "fit");
        Rescale(inputs["cases"]![0]!, task: 1, factor: 1000, shift: -7);
        var scaled = await RunAsync(inputs, "fit");

        double At(JsonElement fit, string field, int index) => GpCases.Numbers(fit.GetProperty("hyper").GetProperty(field))[index];
        var observed = GpCases.Numbers(fits[0].GetProperty("n"))[0];
        var ofTask = inputs["cases"]![0]!["task"]!.AsArray().Count(task => task!.GetValue<int>() == 1);
        Assert.InRange(ofTask, 1, observed - 1);
        // Rounding sends the optimiser along slightly different steps to the same optimum.
        AssertRelative(At(fits[0], "B", 1) * 1000, At(scaled[0], "B", 1), 1e-3);
        AssertRelative(At(fits[0], "B", 3) * 1e6, At(scaled[0], "B", 3), 1e-3);
        AssertRelative(At(fits[0], "noise_var", 1) * 1e6, At(scaled[0], "noise_var", 1), 1e-2);
        AssertRelative((At(fits[0], "mean", 1) * 1000) - 7, At(scaled[0], "mean", 1), 1e-3);
        AssertRelative(Likelihood(fits[0]) - (ofTask * Math.Log(1000)), Likelihood(scaled[0]), 1e-6);
    }

    [Fact]
    public async Task Fit_HyperparametersAndTestPointsMissing_NeedsNeither()
    {
        var inputs = GpCases.Small();
        inputs["cases"]![0]!.AsObject().Remove("hyper");
        inputs["cases"]![0]!.AsObject().Remove("X_test");

        var fit = (await RunAsync(inputs, "fit", "--restarts", "1", "--seed", "5"))[0];

        Assert.Equal(("small", 3, 1, 2), (fit.GetProperty("name").GetString(), fit.GetProperty("n").GetInt32(), fit.GetProperty("d").GetInt32(), fit.GetProperty("m").GetInt32()));
        Assert.InRange(fit.GetProperty("evaluations").GetInt32(), 1, 1000);
        Assert.InRange(fit.GetProperty("seconds").GetDouble(), 0, double.MaxValue);
    }

    [Fact]
    public async Task Fit_EveryCase_HasALineOnStandardError()
    {
        var finished = await Executable.RunAsync(scratch, "gp", "fit", "--cases", GpCases.Write(scratch, GpCases.ReferenceInputs()));

        Assert.Contains("n12_d1_m2: n 12, d 1, m 2; log likelihood ", finished.Error);
        Assert.Equal(2, finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static double Likelihood(JsonElement one) => one.GetProperty("lml").GetDouble();

    private static void AssertRelative(double expected, double actual, double relative) => Assert.True(
        Math.Abs(expected - actual) <= relative * Math.Abs(expected), string.Create(CultureInfo.InvariantCulture, $"expected {expected:R}, actual {actual:R}"));

    private static void Rescale(JsonNode one, int task, double factor, double shift)
    {
        for (var i = 0; i < one["y"]!.AsArray().Count; i++)
        {
            if (one["task"]![i]!.GetValue<int>() == task)
            {
                one["y"]![i] = (factor * one["y"]![i]!.GetValue<double>()) + shift;
            }
        }
    }

    private async Task<JsonElement> EvaluateAsync(JsonObject inputs, JsonElement fits)
    {
        for (var i = 0; i < fits.GetArrayLength(); i++)
        {
            inputs["cases"]![i]!["hyper"] = JsonNode.Parse(fits[i].GetProperty("hyper").GetRawText());
        }

        return await RunAsync(inputs, "eval");
    }

    private async Task<JsonElement> RunAsync(JsonNode inputs, params string[] arguments)
    {
        var path = GpCases.Write(scratch, inputs);
        var finished = await Executable.RunAsync(scratch, ["gp", .. arguments, "--cases", path]);
        Assert.True(finished.ExitCode == 0, finished.Error);
        return JsonDocument.Parse(finished.Output).RootElement.GetProperty("cases");
    }
}

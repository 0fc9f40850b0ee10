using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary><c>bitcurve gp eval</c> against the published reference, and on cases at the edges.</summary>
public sealed class GpEvalTests : IDisposable
{
    // The reference is exact to float64; the rest is rounding in ill-conditioned solves, and near 0 the cancellation of entries near 1.
    private const double Relative = 1e-9;
    private const double GradientRelative = 1e-7;
    private const double Cancellation = 1e-13;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Eval_ReferenceInputs_GivesEveryFieldOfTheReference()
    {
        var actual = await EvaluateAsync(GpCases.ReferenceInputs());
        var expected = JsonDocument.Parse(GpCases.Reference().ToJsonString()).RootElement.GetProperty("cases");

        Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            Assert.Equal(expected[i].GetProperty("name").GetString(), actual[i].GetProperty("name").GetString());
            AssertClose(expected[i], actual[i], Relative, "lml", "post_mean", "post_var", "post_cov");
            AssertClose(expected[i].GetProperty("grad"), actual[i].GetProperty("grad"), GradientRelative, "lengthscale", "B", "noise_var", "mean", "W", "v");
            for (var target = 0; target < expected[i].GetProperty("m").GetInt32(); target++)
            {
                AssertClose(expected[i].GetProperty("info")[target], actual[i].GetProperty("info")[target], Relative, "target", "v", "w", "info");
            }
        }
    }

    [Fact]
    public async Task Eval_CovarianceInsteadOfLoadings_GivesTheSameWithoutTheirGradient()
    {
        var inputs = GpCases.ReferenceInputs();
        var both = await EvaluateAsync(inputs);
        foreach (var one in inputs["cases"]!.AsArray())
        {
            one!["hyper"]!.AsObject().Remove("W");
            one["hyper"]!.AsObject().Remove("v");
        }

        var covariance = await EvaluateAsync(inputs);

        Assert.Equal(both[0].GetProperty("lml").GetDouble(), covariance[0].GetProperty("lml").GetDouble());
        Assert.False(covariance[0].GetProperty("grad").TryGetProperty("W", out _));
        Assert.False(covariance[0].GetProperty("grad").TryGetProperty("v", out _));
    }

    [Fact]
    public async Task Eval_LoadingsOnly_GivesTheSame()
    {
        var inputs = GpCases.ReferenceInputs();
        var both = await EvaluateAsync(inputs);
        foreach (var one in inputs["cases"]!.AsArray())
        {
            one!["hyper"]!.AsObject().Remove("B");
        }

        AssertClose(both[1], (await EvaluateAsync(inputs))[1], Relative, "lml", "post_mean", "post_var");
    }

    [Fact]
    public async Task Eval_Matern52_GivesAnotherLikelihood()
    {
        var inputs = GpCases.Small();
        var exponential = await EvaluateAsync(inputs);
        inputs["kernel"] = "matern52";

        // By hand: B is 1 on the diagonal, so r = 1 gives (1 + sqrt 5 + 5/3) e^-sqrt 5 between the second and the third observation.
        var matern = await EvaluateAsync(inputs);

        Assert.NotEqual(exponential[0].GetProperty("lml").GetDouble(), matern[0].GetProperty("lml").GetDouble());
        Assert.Equal(ByHand((r2) => (1 + Math.Sqrt(5 * r2) + (5 * r2 / 3)) * Math.Exp(-Math.Sqrt(5 * r2))), matern[0].GetProperty("lml").GetDouble(), 12);
        Assert.Equal(ByHand(r2 => Math.Exp(-r2 / 2)), exponential[0].GetProperty("lml").GetDouble(), 12);
    }

    [Fact]
    public async Task Eval_DuplicatedInputsSingleTaskAndUnobservedTask_IsFinite()
    {
        var cases = new JsonArray();
        foreach (var (name, tasks, points) in ((string, int[], double[])[])[("duplicates", [0, 0, 1], [0.5, 0.5, 0.5]), ("unobserved", [1, 1, 1], [0.1, 0.5, 0.9])])
        {
            var one = GpCases.Small()["cases"]![0]!.DeepClone();
            one["name"] = name;
            one["task"] = new JsonArray([.. tasks.Select(task => (JsonNode)task)]);
            one["X"] = new JsonArray([.. points.Select(point => (JsonNode)new JsonArray(point))]);
            cases.Add(one);
        }

        cases.Add(JsonNode.Parse("""
            {"name": "single", "n": 1, "d": 1, "m": 1, "X": [[0.5]], "task": [0], "y": [2], "X_test": [[0.5]],
             "hyper": {"lengthscale": [0.4], "B": [[3]], "noise_var": [1], "mean": [1]}}
            """));
        var actual = await EvaluateAsync(new JsonObject { ["cases"] = cases });

        Assert.All(GpCases.Numbers(Without(actual[0])), value => Assert.True(double.IsFinite(value)));
        // No observation moves the mean of a task but through its correlation, and its own noise variance and mean do not matter.
        Assert.Equal(0, actual[1].GetProperty("grad").GetProperty("noise_var")[0].GetDouble());
        Assert.Equal(0, actual[1].GetProperty("grad").GetProperty("mean")[0].GetDouble());
        // By hand: prior variance 3, noise 1, residual 1.
        Assert.Equal(1.75, actual[2].GetProperty("post_mean")[0][0].GetDouble(), 12);
        Assert.Equal(0.75, actual[2].GetProperty("post_var")[0][0].GetDouble(), 12);
        Assert.Equal(-0.5 * (0.25 + Math.Log(4) + Math.Log(2 * Math.PI)), actual[2].GetProperty("lml").GetDouble(), 12);
        Assert.Equal(0.5 * Math.Log(1.75), actual[2].GetProperty("info")[0].GetProperty("info")[0][0].GetDouble(), 12);
    }

    [Fact]
    public async Task Eval_NoNoise_HasNullForInfiniteInformation()
    {
        var inputs = GpCases.Small();
        inputs["cases"]![0]!["hyper"]!["noise_var"] = new JsonArray(0, 0);
        var information = (await EvaluateAsync(inputs))[0].GetProperty("info")[1].GetProperty("info");

        Assert.Equal(JsonValueKind.Null, information[1][0].ValueKind);
        Assert.Equal(JsonValueKind.Number, information[0][0].ValueKind);
    }

    [Fact]
    public async Task Eval_OutputFile_HoldsWhatStandardOutputWouldHave()
    {
        var path = GpCases.Write(scratch, GpCases.Small());
        var printed = await Executable.RunAsync(scratch, "gp", "eval", "--cases", path);
        var written = await Executable.RunAsync(scratch, "gp", "eval", "--cases", path, "--out", "result.json");

        Assert.Equal("", written.Output);
        Assert.Equal(printed.Output, File.ReadAllText(scratch.PathOf("result.json")));
    }

    private static double ByHand(Func<double, double> kernel)
    {
        double[] points = [0.1, 0.5, 0.9], values = [1, 1, 0.5], noise = [0.01, 0.02, 0.02];
        int[] tasks = [0, 1, 1];
        double K(int i, int j) => ((tasks[i] == tasks[j] ? 1 : 0.5) * kernel(Math.Pow((points[i] - points[j]) / 0.4, 2))) + (i == j ? noise[i] : 0);
        var (a, b, c, d, e, f) = (K(0, 0), K(0, 1), K(0, 2), K(1, 1), K(1, 2), K(2, 2));
        var determinant = (a * ((d * f) - (e * e))) - (b * ((b * f) - (c * e))) + (c * ((b * e) - (c * d)));
        double[][] adjugate =
        [
            [(d * f) - (e * e), (c * e) - (b * f), (b * e) - (c * d)],
            [(c * e) - (b * f), (a * f) - (c * c), (b * c) - (a * e)],
            [(b * e) - (c * d), (b * c) - (a * e), (a * d) - (b * b)],
        ];
        var fit = values.Select((left, i) => values.Select((right, j) => left * right * adjugate[i][j]).Sum()).Sum() / determinant;
        return -0.5 * (fit + Math.Log(determinant) + (3 * Math.Log(2 * Math.PI)));
    }

    private static JsonElement Without(JsonElement evaluation) =>
        JsonSerializer.SerializeToElement(evaluation.EnumerateObject().Where(member => member.Name != "name").ToDictionary(member => member.Name, member => member.Value));

    private static void AssertClose(JsonElement expected, JsonElement actual, double relative, params string[] fields)
    {
        foreach (var field in fields)
        {
            var (left, right) = (expected.GetProperty(field), actual.GetProperty(field));
            Assert.Equal(GpCases.Shape(left), GpCases.Shape(right));
            Assert.All(GpCases.Numbers(left).Zip(GpCases.Numbers(right)), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= (relative * Math.Abs(pair.First)) + Cancellation, $"{field}: {pair.First:R} and {pair.Second:R}"));
        }
    }

    private async Task<JsonElement> EvaluateAsync(JsonNode cases)
    {
        var finished = await Executable.RunAsync(scratch, "gp", "eval", "--cases", GpCases.Write(scratch, cases));
        Assert.True(finished.ExitCode == 0, finished.Error);
        return JsonDocument.Parse(finished.Output).RootElement.GetProperty("cases");
    }
}

using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>Every fault in a case file: one line that names case, field, expected and actual; exit code 2; nothing printed.</summary>
public sealed class GpBadInputTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("n", "4", "field 'X': expected 4 entries (n), actual 3")]
    [InlineData("n", "-1", "field 'n': expected a whole number of at least 0, actual -1")]
    [InlineData("d", "0", "field 'd': expected a whole number of at least 1, actual 0")]
    [InlineData("d", "2", "field 'X[0]': expected 2 entries (d), actual 1")]
    [InlineData("m", "1.5", "field 'm': expected a whole number of at least 1, actual 1.5")]
    [InlineData("m", "1", "field 'task[1]': expected a whole number in 0..0, actual 1")]
    [InlineData("m", "3", "field 'hyper.B': expected 3 entries (m), actual 2")]
    [InlineData("X", "[[0.1], [0.5]]", "field 'X': expected 3 entries (n), actual 2")]
    [InlineData("X", "[[0.1], [\"left\"], [0.9]]", "field 'X[1][0]': expected a finite number, actual \"left\"")]
    [InlineData("X", "\"many\"", "field 'X': expected a list, actual \"many\"")]
    [InlineData("task", "[0, 1, 2]", "field 'task[2]': expected a whole number in 0..1, actual 2")]
    [InlineData("task", "[0, -1, 1]", "field 'task[1]': expected a whole number in 0..1, actual -1")]
    [InlineData("y", "[1, 2]", "field 'y': expected 3 entries (n), actual 2")]
    [InlineData("y", "[1, \"NaN\", 2]", "field 'y[1]': expected a finite number, actual \"NaN\"")]
    [InlineData("y", "[1, null, 2]", "field 'y[1]': expected a finite number, actual null")]
    [InlineData("y", "[1, 1e999, 2]", "field 'y[1]': expected a finite number, actual 1e999")]
    [InlineData("y", "[1e200, 1, 2]", "field 'y': expected values whose squares are finite numbers, actual log likelihood -Infinity")]
    [InlineData("y", null, "field 'y': expected a value, actual none")]
    [InlineData("X_test", null, "field 'X_test': expected a value, actual none")]
    [InlineData("X_test", "[[0.1, 0.2]]", "field 'X_test[0]': expected 1 entries (d), actual 2")]
    [InlineData("hyper", null, "field 'hyper': expected a value, actual none")]
    [InlineData("hyper.B", null, "field 'hyper.B': expected a value, actual none")]
    [InlineData("hyper.lengthscale", "[0]", "field 'hyper.lengthscale[0]': expected a finite number > 0, actual 0")]
    [InlineData("hyper.lengthscale", "[1, 1]", "field 'hyper.lengthscale': expected 1 entries (d), actual 2")]
    [InlineData("hyper.noise_var", "[0.1, -0.1]", "field 'hyper.noise_var[1]': expected a finite number >= 0, actual -0.1")]
    [InlineData("hyper.mean", "[0]", "field 'hyper.mean': expected 2 entries (m), actual 1")]
    [InlineData("hyper.B", "[[1, 2], [2, 1]]", "field 'hyper.B': expected a positive definite 2 x 2 task covariance, actual one with smallest eigenvalue -1")]
    [InlineData("hyper.B", "[[1, 0], [0, 0]]", "field 'hyper.B': expected a positive definite 2 x 2 task covariance, actual one with smallest eigenvalue 0")]
    [InlineData("hyper.B", "[[1, 0.5], [0.4, 1]]", "field 'hyper.B': expected a symmetric matrix, actual [1][0] = 0.4 and [0][1] = 0.5")]
    [InlineData("hyper.W", "[[1], [1]]", "field 'hyper.v': expected a value, actual none")]
    public async Task Eval_FaultInACase_NamesCaseFieldExpectedAndActual(string field, string? value, string message)
    {
        var cases = GpCases.Small();
        var owner = field.StartsWith("hyper.", StringComparison.Ordinal) ? cases["cases"]![0]!["hyper"]! : cases["cases"]![0]!;
        var name = field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
        _ = value is null ? owner.AsObject().Remove(name) : (owner[name] = JsonNode.Parse(value)) is null;

        AssertRefused(await EvalAsync(cases.ToJsonString()), "case 'small', " + message);
    }

    [Theory]
    [InlineData("", "cases.json: expected JSON, actual The input does not contain any JSON tokens")]
    [InlineData("{\"cases\": [1, 2", "cases.json: expected JSON, actual ")]
    [InlineData("[]", "cases.json: expected an object, actual a list.")]
    [InlineData("{}", "cases.json, field 'cases': expected a value, actual none.")]
    [InlineData("{\"cases\": {}}", "cases.json, field 'cases': expected a list, actual an object.")]
    [InlineData("{\"cases\": [7]}", "cases.json, field 'cases[0]': expected an object, actual 7.")]
    [InlineData("{\"cases\": [{\"n\": 1}]}", "cases.json, field 'cases[0].name': expected a value, actual none.")]
    [InlineData("{\"kernel\": \"periodic\", \"cases\": []}", "cases.json, field 'kernel': expected se or matern52, actual 'periodic'.")]
    public async Task Eval_NoCaseFile_SaysWhatIsExpected(string text, string message) => AssertRefused(await EvalAsync(text), message);

    [Fact]
    public async Task Eval_BareNaN_NamesItsField() => AssertRefused(
        await EvalAsync(GpCases.Small().ToJsonString().Replace("[1,2,1.5]", "[1,NaN,-Infinity]", StringComparison.Ordinal)),
        "case 'small', field 'y[1]': expected a finite number, actual \"NaN\"");

    [Fact]
    public async Task Eval_LoadingsOfAnotherCovariance_NamesTheEntry()
    {
        var cases = GpCases.Small();
        cases["cases"]![0]!["hyper"]!["W"] = JsonNode.Parse("[[1], [1]]");
        cases["cases"]![0]!["hyper"]!["v"] = JsonNode.Parse("[1, 1]");

        AssertRefused(await EvalAsync(cases.ToJsonString()), "case 'small', field 'hyper.B': expected W W^T + diag(v) = 2 at [0][0], actual 1");
    }

    [Fact]
    public async Task Eval_RepeatedInputWithoutNoise_SaysThatTheCovarianceIsSingular()
    {
        var cases = GpCases.Small();
        cases["cases"]![0]!["X"] = JsonNode.Parse("[[1e8], [0.5], [0.5]]");
        cases["cases"]![0]!["hyper"]!["noise_var"] = JsonNode.Parse("[0, 0]");
        var finished = await EvalAsync(cases.ToJsonString());

        // The smallest jitter makes it another model: said, not hidden.
        Assert.Equal(0, finished.ExitCode);
        Assert.Contains("case 'small': the covariance of y is singular up to rounding; 1E-12 of its mean diagonal was added", finished.Error);
    }

    [Theory]
    [InlineData("--prior flat", "--prior: expected one of default, none, actual 'flat'")]
    [InlineData("--kernel rbf", "--kernel: expected one of se, matern52, actual 'rbf'")]
    [InlineData("--restarts 0", "--restarts: expected 1..100, actual 0")]
    [InlineData("--seed x", "Cannot parse argument 'x' for option '--seed': expected a whole number. See 'bitcurve gp fit --help'")]
    public async Task Fit_BadOption_SaysWhatIsExpected(string option, string message) =>
        AssertRefused(await Executable.RunAsync(scratch, ["gp", "fit", "--cases", GpCases.Write(scratch, GpCases.Small()), .. option.Split(' ')]), message);

    [Fact]
    public async Task Eval_NoSuchFile_NamesIt() => AssertRefused(await Executable.RunAsync(scratch, "gp", "eval", "--cases", "nowhere.json"), "nowhere.json");

    [Fact]
    public async Task Eval_NoCasesOption_NamesTheCommand() => AssertRefused(await Executable.RunAsync(scratch, "gp", "eval"), "'--cases' is required. See 'bitcurve gp eval --help'");

    private static void AssertRefused(Finished finished, string message)
    {
        Assert.Equal(2, finished.ExitCode);
        Assert.Equal("", finished.Output);
        var line = Assert.Single(finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("bitcurve: ", line);
        Assert.Contains(message, line);
    }

    private async Task<Finished> EvalAsync(string text)
    {
        File.WriteAllText(scratch.PathOf("cases.json"), text);
        return await Executable.RunAsync(scratch, "gp", "eval", "--cases", "cases.json");
    }
}

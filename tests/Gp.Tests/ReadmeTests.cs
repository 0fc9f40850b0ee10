using System.Runtime.CompilerServices;

namespace Bitcurve.Gp.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Example_Runs_PredictsAndWeighs()
    {
        // <example>
        // Accuracy after 1 epoch (task 0) and after 15 (task 1) of configurations in [0,1]^2; not all were trained to the end.
        double[][] inputs = [[0.1, 0.2], [0.1, 0.2], [0.5, 0.9], [0.8, 0.4], [0.8, 0.4], [0.3, 0.7]];
        int[] tasks = [0, 1, 0, 0, 1, 0];
        double[] accuracies = [0.61, 0.82, 0.66, 0.74, 0.91, 0.63];
        var observations = new Observations(dimensions: 2, taskCount: 2, inputs, tasks, accuracies);

        var regression = MultiTaskRegression.Fit(observations, targetTask: 1, KernelKind.Matern52);
        var candidates = new Points(dimensions: 2, [[0.2, 0.3], [0.9, 0.9]]);
        var prediction = regression.Predict(candidates, task: 1);
        var information = regression.InformationAboutFunction(targetTask: 1).At(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            Console.WriteLine($"{prediction.Mean[i]:F3} +- {Math.Sqrt(prediction.Variance[i]):F3}: "
                + $"{information.Gain(i, 0):F2} nats from 1 epoch, {information.Gain(i, 1):F2} from 15");
        }
        // </example>
        Assert.All(prediction.Mean, mean => Assert.InRange(mean, 0.7, 1));
        // The second candidate is farther from what was measured, so more can be learned there from either task.
        Assert.True(prediction.Variance[1] > prediction.Variance[0]);
        Assert.All(Enumerable.Range(0, 2), task => Assert.True(information.Gain(1, task) > information.Gain(0, task)));
        Assert.All(Enumerable.Range(0, 2), i => Assert.True(information.Gain(i, 0, 1) > information.Gain(i, 0)));
    }

    [Fact]
    public void Example_OfTheReadme_IsTheOneThatRuns()
    {
        var (test, readme) = (Lines(Here()), Lines(Path.Combine(Path.GetDirectoryName(Here())!, "../../src/Gp/README.md")));
        var example = Between(test, "// <example>", "// </example>");
        var shown = Between(readme, "```csharp", "```");

        Assert.Equal("using Bitcurve.Gp;", shown[0]);
        Assert.Equal(example, shown.Skip(1).Where((line, i) => i > 0 || line.Length > 0));
    }

    private static string[] Lines(string path) => [.. File.ReadAllLines(path).Select(line => line.Trim())];

    private static string[] Between(string[] lines, string first, string last) =>
        [.. lines.SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != last)];

    private static string Here([CallerFilePath] string path = "") => path;
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Bitcurve.Dashboard.Tests;

/// <summary>The marks of a chart that is drawn as SVG, as a mouse finds them.</summary>
internal static partial class ChartPoints
{
    // A mark is some pixels wide; lines, axes and letters are not.
    private const string Centres = """
        chart => [...chart.querySelectorAll('svg path')].map(path => path.getBoundingClientRect())
          .filter(box => box.width >= 4 && box.width <= 26 && Math.abs(box.width - box.height) < 3)
          .map(box => [box.x + box.width / 2, box.y + box.height / 2])
        """;

    /// <summary>Moves the mouse from mark to mark until the chart says which trial it is; the mouse stays there.</summary>
    /// <returns>Number of the trial and text of the tooltip.</returns>
    internal static async Task<(int Trial, string Text)> HoverTrialAsync(IPage page, ILocator chart)
    {
        double[][] centres = await chart.EvaluateAsync<double[][]>(Centres);
        foreach (double[] centre in centres)
        {
            await page.Mouse.MoveAsync((float)centre[0], (float)centre[1]);
            await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            if (TrialNumber().Match(await chart.InnerTextAsync()) is { Success: true } match)
            {
                return (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), match.Value);
            }
        }

        throw new Xunit.Sdk.XunitException($"expected a mark of the chart that tells its trial, actual none of {centres.Length}");
    }

    [GeneratedRegex(@"Trial (\d+): [1-8]+")]
    private static partial Regex TrialNumber();
}

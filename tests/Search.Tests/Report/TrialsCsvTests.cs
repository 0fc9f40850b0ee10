using System.Globalization;
using System.Text;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Tests.Report;

public sealed class TrialsCsvTests
{
    [Fact]
    public void Of_FinishedSearch_ReadsBackEveryMeasurement()
    {
        IReadOnlyList<Dictionary<string, string>> rows = Read(TrialsCsv.Of(ReportSearches.Report));
        var expected = ReportSearches.Report.Trials.SelectMany(trial => trial.Measurements.Select(measured => (
            trial.Id, Bits: trial.Bits.ToString(), W: trial.W[1], trial.MemoryBytes,
            trial.DsconvBits, measured.Epochs, measured.Accuracy)));
        var actual = rows.Where(row => row["epochs"].Length > 0).Select(row => (
            int.Parse(row["trial"], CultureInfo.InvariantCulture),
            row["bits"],
            double.Parse(row["w1"], CultureInfo.InvariantCulture),
            long.Parse(row["memory_bytes"], CultureInfo.InvariantCulture),
            long.Parse(row["dsconv_bits"], CultureInfo.InvariantCulture),
            int.Parse(row["epochs"], CultureInfo.InvariantCulture),
            double.Parse(row["accuracy"], CultureInfo.InvariantCulture)));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Of_TrialWithoutMeasurement_HasOneRowWithItsReasonQuoted()
    {
        string csv = TrialsCsv.Of(ReportSearches.Report);
        Dictionary<string, string> row = Read(csv).Single(row => row["bits"] == "12334566");
        Assert.Equal(("", "", "1"), (row["epochs"], row["accuracy"], row["failures"]));
        Assert.Equal("Diverged: the metric is \"NaN\", at 1 epoch.", row["set_aside"]);
        Assert.Contains("\"Diverged: the metric is \"\"NaN\"\", at 1 epoch.\"\r\n", csv);
    }

    [Fact]
    public void Of_NewSearch_IsTheHeaderAlone() => Assert.Empty(Read(TrialsCsv.Of(ReportSearches.Empty)));

    /// <summary>RFC 4180: fields end at a comma or CRLF outside quotes; a doubled quote inside stands for one.</summary>
    private static IReadOnlyList<Dictionary<string, string>> Read(string csv)
    {
        var rows = new List<List<string>> { new() };
        var field = new StringBuilder();
        bool quoted = false;
        for (int index = 0; index < csv.Length; index++)
        {
            char letter = csv[index];
            bool isDoubled = quoted && letter == '"' && index + 1 < csv.Length && csv[index + 1] == '"';
            if (isDoubled || (quoted && letter != '"') || (!quoted && letter is not ('"' or ',' or '\r' or '\n')))
            {
                field.Append(letter);
                index += isDoubled ? 1 : 0;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter != '\r')
            {
                rows[^1].Add(field.ToString());
                field.Clear();
                rows.AddRange(letter == '\n' ? [[]] : []);
            }
        }

        Assert.All(rows.SkipLast(1), row => Assert.Equal(rows[0].Count, row.Count));
        return [.. rows.Skip(1).SkipLast(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}

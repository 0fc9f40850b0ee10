using System.Globalization;
using System.Text.Json;
using Bitcurve.Search.Bench.Tabulation;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Problems;

/// <summary>Networks that were really trained, read from a table of <c>tabulate</c>. A search sees validation accuracies of one seed.</summary>
public sealed class TableProblem : QualityProblem
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<(BitVector Bits, int Seed, int Epochs), double> observed = [];
    private readonly Dictionary<BitVector, double> truths = [];

    private int SeedCount { get; init; }

    /// <summary>Only configurations that every seed was trained for count, so that an unfinished table can be used.</summary>
    /// <param name="name">Of the problem.</param>
    /// <param name="path">The table; its facts lie next to it with the ending <c>.json</c>.</param>
    /// <exception cref="ArgumentException">A file or column is missing, or a field is no number.</exception>
    public static TableProblem Read(string name, string path)
    {
        var factsPath = Path.ChangeExtension(path, ".json");
        if (!File.Exists(path) || !File.Exists(factsPath))
        {
            throw new ArgumentException($"{name}: expected a table {path} with its facts {factsPath}, actual no such files");
        }

        var facts = JsonSerializer.Deserialize<TableFacts>(File.ReadAllText(factsPath), Json)
            ?? throw new ArgumentException($"{factsPath}: expected the facts of a table, actual null");
        var lines = File.ReadAllLines(path);
        var columns = lines[0].Split(',').Select((column, index) => (column, index)).ToDictionary(c => c.column, c => c.index);
        var rows = lines.Skip(1).Select((line, k) => new Row(line.Split(','), columns, $"{path} line {k + 2}")).ToList();
        var seeds = rows.Select(row => row.Seed).Distinct().Count();
        var complete = rows.GroupBy(row => row.Bits).Where(group => group.Count() == seeds).ToList();
        var space = CurveSpace.Parse(facts.Space, facts.Layers.Count);
        var problem = new TableProblem
        {
            Name = name,
            Space = space,
            Layers = [.. facts.Layers.Select(layer => new LayerDescription(layer.Name, layer.WeightShape, layer.Macs))],
            Candidates = CandidatesOf(space, complete.Select(group => group.Key).ToHashSet(), path),
            BaselineAccuracy = facts.BaselineValidationPercent / 100,
            BaselineIsAtMostBits = true,
            SeedCount = seeds,
        };
        complete.ForEach(problem.Add);
        return problem;
    }

    /// <summary>Seeds beyond the table's begin again with its first.</summary>
    public override double Observe(BitVector bits, int epochs, long seed) => observed[(bits, (int)(seed % SeedCount), epochs)];

    /// <summary>Mean over both splits and all seeds: luck on the searched split counts half or less.</summary>
    public override double Truth(BitVector bits) => truths[bits];

    private void Add(IGrouping<BitVector, Row> configuration)
    {
        foreach (var row in configuration)
        {
            foreach (var epochs in Tasks)
            {
                observed[(row.Bits, row.Seed, epochs)] = row.Fraction($"val_e{epochs}");
            }
        }

        var target = Tasks[^1];
        truths[configuration.Key] = configuration.Average(row => (row.Fraction($"val_e{target}") + row.Fraction($"test_e{target}")) / 2);
    }

    private static IReadOnlyList<Candidate> CandidatesOf(CurveSpace space, HashSet<BitVector> tabulated, string path)
    {
        IReadOnlyList<Candidate> found = [.. Search.Space.Candidates.Of(space).Where(candidate => tabulated.Contains(candidate.Bits))];
        return found.Count == tabulated.Count
            ? found
            : throw new ArgumentException($"{path}: expected only networks of {space}, actual {tabulated.Count - found.Count} others");
    }

    private sealed class Row(string[] fields, Dictionary<string, int> columns, string place)
    {
        public BitVector Bits { get; } = BitVector.Parse(fields[0]);

        public int Seed { get; } = columns.TryGetValue("seed", out var column) ? int.Parse(fields[column], CultureInfo.InvariantCulture) : 0;

        public double Fraction(string column) =>
            columns.TryGetValue(column, out var index) && index < fields.Length
            && double.TryParse(fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && double.IsFinite(percent)
                ? percent / 100
                : throw new ArgumentException($"{place}: expected a number in column {column}, actual none");
    }
}

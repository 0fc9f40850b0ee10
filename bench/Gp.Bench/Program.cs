using Bitcurve.Gp.Bench;

const string Usage = """
    usage: Gp.Bench COMMAND [--threads 1,2] [--sizes N,..] [--seeds N,..]
      fit      maximum likelihood from scratch, its gap to a long run, and a warm refit
      suggest  information of 15 task sets at 10,000 candidates
      append   one more observation at the same hyperparameters
      predict  10,000 points x 4 tasks
      dense    matrix product, Cholesky factor, inverse, substitution
      all      all of them
    Seeds are those of the data of fit.
    """;

var benches = new Dictionary<string, Action<Arguments, Report>>
{
    ["dense"] = DenseBench.Run,
    ["append"] = DecisionBench.Append,
    ["predict"] = DecisionBench.Predict,
    ["suggest"] = DecisionBench.Suggest,
    ["fit"] = FitBench.Run,
};

if (args is not [var command, .. var rest] || (command != "all" && !benches.ContainsKey(command)))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    var arguments = Arguments.Parse(rest);
    var report = new Report(Console.Out);
    foreach (var (_, run) in benches.Where(bench => command == "all" || command == bench.Key))
    {
        run(arguments, report);
    }
    report.WriteTables();
    return 0;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

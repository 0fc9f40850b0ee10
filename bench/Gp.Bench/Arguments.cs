using System.Globalization;

namespace Bitcurve.Gp.Bench;

/// <summary>What the command line says after the command.</summary>
/// <param name="Threads">Every case runs with each.</param>
/// <param name="Sizes">Null: each bench's own.</param>
/// <param name="Seeds">Of the data that fits are measured on.</param>
public sealed record Arguments(IReadOnlyList<int> Threads, IReadOnlyList<int>? Sizes, IReadOnlyList<int> Seeds)
{
    /// <exception cref="ArgumentException">Naming the word that is not understood.</exception>
    public static Arguments Parse(IReadOnlyList<string> words)
    {
        var arguments = new Arguments([1, 2], null, [7]);
        for (var i = 0; i < words.Count; i += 2)
        {
            var value = i + 1 < words.Count ? words[i + 1] : throw new ArgumentException($"Expected a value after {words[i]}.");
            arguments = words[i] switch
            {
                "--threads" => arguments with { Threads = Numbers(words[i], value) },
                "--sizes" => arguments with { Sizes = Numbers(words[i], value) },
                "--seeds" => arguments with { Seeds = Numbers(words[i], value) },
                _ => throw new ArgumentException($"Expected --threads, --sizes or --seeds, got {words[i]}."),
            };
        }
        return arguments;
    }

    public IReadOnlyList<int> SizesOr(params int[] sizes) => Sizes ?? sizes;

    private static int[] Numbers(string option, string value) => [.. value.Split(',').Select(word =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"Expected whole numbers above 0 like 1,2 after {option}, got {value}."))];
}

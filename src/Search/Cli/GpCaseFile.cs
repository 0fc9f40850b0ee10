using System.Text.Json;
using System.Text.RegularExpressions;
using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary>A file of cases: <c>{"kernel": ..., "cases": [...]}</c>; fields it does not know are ignored.</summary>
/// <param name="Kernel">Of all cases.</param>
/// <param name="Cases">In the order of the file.</param>
internal sealed partial record GpCaseFile(KernelKind Kernel, IReadOnlyList<GpCase> Cases)
{
    /// <exception cref="InvalidDataException">No such JSON; the message names case, field, expected and actual.</exception>
    internal static GpCaseFile Load(string path, bool needsHyperparameters)
    {
        using var document = Parse(path, File.ReadAllText(path));
        var root = new GpField(path, "", document.RootElement);
        var kernel = root.Optional("kernel") is { } name ? KernelOf(name) : KernelKind.SquaredExponential;
        var cases = root.Member("cases").List(null, "");
        return new GpCaseFile(kernel, [.. cases.Select(json => GpCase.Read(path, json, needsHyperparameters))]);
    }

    private static JsonDocument Parse(string path, string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException) when (BareNonNumber().Matches(text).Any(match => match.Value[0] != '"'))
        {
            // Python writes NaN and Infinity, which JSON has not. As texts they are refused by the field that holds them.
            return Parse(path, BareNonNumber().Replace(text, match => match.Value[0] == '"' ? match.Value : $"\"{match.Value}\""));
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}: expected JSON, actual {problem.Message}", problem);
        }
    }

    // A formula, as in files of other programs, or a name.
    private static KernelKind KernelOf(GpField field)
    {
        var text = field.Text().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (text is "matern52" or "matern5/2")
        {
            return KernelKind.Matern52;
        }

        return text is "se" or "rbf" or "squaredexponential" || text.Contains("exp(-0.5", StringComparison.Ordinal)
            ? KernelKind.SquaredExponential
            : throw field.Fault("se or matern52", $"'{field.Text()}'");
    }

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|-?\bInfinity\b|\bNaN\b
        """)]
    private static partial Regex BareNonNumber();
}

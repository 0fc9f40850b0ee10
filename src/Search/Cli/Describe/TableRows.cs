using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Models.Data;

namespace Bitcurve.Search.Cli.Describe;

/// <summary><c>bitcurve describe --rows FILE</c>: computes each row of a file of table rows.</summary>
internal static class TableRows
{
    private static readonly JsonSerializerOptions Read = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints every row's id with its value, or with the one line that says why there is none.</summary>
    /// <returns>Success, or a user's error when a row could not be computed.</returns>
    /// <exception cref="DataFormatException">The file is missing or is no list of rows.</exception>
    internal static int Print(string file)
    {
        var results = Load(file).Select(Compute).ToList();
        Console.WriteLine("[");
        Console.WriteLine(string.Join(",\n", results.Select(result => JsonSerializer.Serialize(result, Written))));
        Console.WriteLine("]");
        var failed = results.Where(result => result.Error is not null).ToList();
        if (failed.Count == 0)
        {
            return CommandLine.Success;
        }

        var more = failed.Count > 1 ? $" (and {failed.Count - 1} more rows)" : "";
        Console.Error.WriteLine($"bitcurve: {file}: row {failed[0].Id}: {failed[0].Error}{more}");
        return CommandLine.UserError;
    }

    private static Result Compute(TableRow row, int index)
    {
        var id = row.Id ?? $"{index}";
        try
        {
            return new(id, TableQuantities.Of(row), null);
        }
        catch (ArgumentException error)
        {
            return new(id, null, UserErrors.MessageOf(error) ?? error.Message);
        }
    }

    private static List<TableRow> Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new DataFormatException(file, "table rows", null, "a JSON file", "no such file");
        }

        try
        {
            return JsonSerializer.Deserialize<List<TableRow>>(File.ReadAllText(file), Read)
                ?? throw new DataFormatException(file, "table rows", null, "a list of rows", "null");
        }
        catch (JsonException error)
        {
            throw new DataFormatException(file, $"table rows, line {error.LineNumber + 1}", null, "a list of objects with id, network, quantity", error.Message.Split(" Path:")[0]);
        }
    }

    /// <param name="Id">The row's.</param>
    /// <param name="Value">A number or a list of bit-widths.</param>
    /// <param name="Error">Why there is no value.</param>
    private sealed record Result(string Id, object? Value, string? Error);
}

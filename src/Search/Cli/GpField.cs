using System.Globalization;
using System.Text.Json;

namespace Bitcurve.Search.Cli;

/// <summary>One value of a case file with the place it stands at, so that every complaint can name it.</summary>
/// <param name="Owner">File and case.</param>
/// <param name="Path">Where in the case, e.g. <c>hyper.B[0][1]</c>; empty for the case itself.</param>
/// <param name="Json">The value.</param>
internal readonly record struct GpField(string Owner, string Path, JsonElement Json)
{
    private const int LongestQuote = 40;

    internal GpField Member(string name) => Optional(name) ?? throw Of(name).Fault("a value", "none");

    /// <summary>Null when there is no such member.</summary>
    internal GpField? Optional(string name)
    {
        Require(JsonValueKind.Object, "an object");
        return Json.TryGetProperty(name, out var value) ? Of(name) with { Json = value } : null;
    }

    internal string Text() => Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Fault("a text", Quote());

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    internal int Integer(int least, int most = int.MaxValue)
    {
        var expected = most == int.MaxValue ? $"a whole number of at least {least}" : $"a whole number in {least}..{most}";
        return Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : throw Fault(expected, Quote());
    }

    internal double Number(double least = double.NegativeInfinity, bool open = false)
    {
        var expected = double.IsNegativeInfinity(least) ? "a finite number" : $"a finite number {(open ? ">" : ">=")} {least.ToString(CultureInfo.InvariantCulture)}";
        return Json.ValueKind == JsonValueKind.Number && Json.TryGetDouble(out var value) && double.IsFinite(value) && (open ? value > least : value >= least)
            ? value
            : throw Fault(expected, Quote());
    }

    /// <summary>The entries of a list.</summary>
    /// <param name="count">How many there must be, null for any number.</param>
    /// <param name="meaning">What there is one of for each entry.</param>
    internal GpField[] List(int? count, string meaning)
    {
        Require(JsonValueKind.Array, "a list");
        var actual = Json.GetArrayLength();
        if (count is { } expected && actual != expected)
        {
            throw Fault($"{expected} entries ({meaning})", $"{actual}");
        }

        var (owner, path) = (Owner, Path);
        return [.. Json.EnumerateArray().Select((entry, index) => new GpField(owner, $"{path}[{index}]", entry))];
    }

    internal double[] Vector(int count, string meaning, double least = double.NegativeInfinity, bool open = false) =>
        [.. List(count, meaning).Select(entry => entry.Number(least, open))];

    /// <summary>Rows of equally many numbers.</summary>
    internal double[][] Matrix(int? rows, string rowMeaning, int columns, string columnMeaning) =>
        [.. List(rows, rowMeaning).Select(row => row.Vector(columns, columnMeaning))];

    internal InvalidDataException Fault(string expected, string actual) =>
        new($"{Owner}{(Path.Length > 0 ? $", field '{Path}'" : "")}: expected {expected}, actual {actual}.");

    private GpField Of(string name) => this with { Path = Path.Length > 0 ? $"{Path}.{name}" : name };

    private void Require(JsonValueKind kind, string expected)
    {
        if (Json.ValueKind != kind)
        {
            throw Fault(expected, Quote());
        }
    }

    private string Quote() => Json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when Json.GetRawText() is { Length: > LongestQuote } text => $"{text[..LongestQuote]}...",
        _ => Json.GetRawText(),
    };
}

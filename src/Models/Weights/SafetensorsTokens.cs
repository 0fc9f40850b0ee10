using System.Text;
using System.Text.Json;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Weights;

/// <summary>A header's JSON token by token; every fault names its byte in the file.</summary>
internal ref struct SafetensorsTokens
{
    private readonly string file;
    private Utf8JsonReader json;

    public SafetensorsTokens(ReadOnlySpan<byte> bytes, string file)
    {
        this.file = file;
        json = new Utf8JsonReader(bytes);
    }

    /// <summary>Where the current token starts, bytes from the start of the file.</summary>
    public readonly long Offset => SafetensorsHeader.PrefixBytes + json.TokenStartIndex;

    /// <summary>Where reading stopped, bytes from the start of the file.</summary>
    public readonly long ReadUpTo => SafetensorsHeader.PrefixBytes + json.BytesConsumed;

    /// <summary>Moves into an object.</summary>
    public void EnterObject(string what) => Next(JsonTokenType.StartObject, what, "an object");

    /// <summary>The next key of an object, or null at its end.</summary>
    public string? NextName(string what, HashSet<string> seen)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string name = json.GetString()!;
        return seen.Add(name) ? name : throw Fault(what, Offset, "each name once", $"'{name}' twice");
    }

    /// <summary>The next value, which must be a string.</summary>
    public string NextText(string what)
    {
        Next(JsonTokenType.String, what, "a string");
        return json.GetString()!;
    }

    /// <summary>The next value, which must be an array of whole numbers from 0 on.</summary>
    public List<long> NextNumbers(string what)
    {
        List<long> numbers = [];
        Next(JsonTokenType.StartArray, what, "an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
            {
                throw Fault(what, Offset, "whole numbers 0 .. 2^63 - 1", Current());
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Passes over the next value.</summary>
    public void Skip() => json.Skip();

    /// <summary>Checks that only white space is left; the JSON reader throws where it is not.</summary>
    public void RequireEnd() => json.Read();

    public readonly DataFormatException Fault(string what, long offset, string expected, string actual) =>
        new(file, what, offset, expected, actual);

    private void Next(JsonTokenType type, string what, string expected)
    {
        json.Read();
        if (json.TokenType != type)
        {
            throw Fault(what, Offset, expected, Current());
        }
    }

    private readonly string Current() => Encoding.UTF8.GetString(json.ValueSpan);
}

using System.Globalization;

namespace Bitcurve.Search.Bench;

/// <summary>Options of a bench command as <c>--name value</c> pairs.</summary>
public sealed class CommandArguments
{
    private readonly Dictionary<string, string> values = [];

    /// <param name="arguments">As given on the command line.</param>
    /// <param name="known">Names with their dashes.</param>
    /// <exception cref="ArgumentException">An unknown name, a name given twice, or one without a value.</exception>
    public CommandArguments(IReadOnlyList<string> arguments, IReadOnlyList<string> known)
    {
        for (var k = 0; k < arguments.Count; k += 2)
        {
            if (!known.Contains(arguments[k]))
            {
                throw new ArgumentException($"expected one of {string.Join(", ", known)}, actual '{arguments[k]}'");
            }

            if (k + 1 == arguments.Count)
            {
                throw new ArgumentException($"{arguments[k]}: expected a value, actual none");
            }

            if (!values.TryAdd(arguments[k], arguments[k + 1]))
            {
                throw new ArgumentException($"{arguments[k]}: expected once, actual twice");
            }
        }
    }

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">It was not given.</exception>
    public string Required(string name) => Text(name) ?? throw new ArgumentException($"{name}: expected a value, actual none");

    /// <exception cref="ArgumentException">No integer of at least <paramref name="minimum"/>.</exception>
    public int Integer(string name, int standard, int minimum = 1)
    {
        if (Text(name) is not { } text)
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum
            ? value
            : throw new ArgumentException($"{name}: expected an integer of at least {minimum}, actual '{text}'");
    }
}

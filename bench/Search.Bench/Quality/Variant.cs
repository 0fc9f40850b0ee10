using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>
/// A strategy with overrides of its settings, written <c>STRATEGY[:name=value]...</c>: names are the properties of
/// <see cref="SelectionSettings"/> (or else of <see cref="ChoosingSettings"/>) in kebab case. <c>thesis</c> stands for the thesis's plain choices.
/// </summary>
/// <param name="Label">As written.</param>
/// <param name="Selection">How to pick.</param>
/// <param name="Choosing">How to choose.</param>
public sealed record Variant(string Label, SelectionSettings Selection, ChoosingSettings Choosing)
{
    /// <summary>What other variants are compared to.</summary>
    public const string Random = "random";

    /// <inheritdoc cref="Random"/>
    public const string Thesis = "thesis";

    /// <summary>The thesis's model; information about the function per cost, no remedies: <c>bitcurve run --thesis</c>.</summary>
    private static readonly SelectionSettings ThesisSettings = (new SelectionSettings() with { About = "function" }).WithThesisModel().WithoutRemedies();

    /// <exception cref="ArgumentException">A name or value that the product does not know.</exception>
    public static Variant Parse(string text)
    {
        var parts = text.Split(':');
        var selection = parts[0] == Thesis ? ThesisSettings with { } : new SelectionSettings { Strategy = parts[0] };
        var choosing = new ChoosingSettings();
        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', 2);
            var property = Pascal(pair[0]);
            if (pair.Length != 2 || !(TrySet(selection, property, pair[1]) || TrySet(choosing, property, pair[1])))
            {
                throw new ArgumentException($"variant '{text}': expected NAME=VALUE with a setting of the product, actual '{part}'");
            }
        }

        StrategyCatalogue.Check(selection);
        choosing.Validate();
        return new Variant(text, selection, choosing);
    }

    /// <summary>Settings for one problem: where 8 bits do not reach the FP32 accuracy, no model may assume it.</summary>
    public SelectionSettings For(QualityProblem problem) => problem.BaselineIsAtMostBits ? Selection : Selection with { AnchorBaseline = false };

    private static string Pascal(string kebab) => string.Concat(kebab.Split('-').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));

    private static bool TrySet(object settings, string property, string text)
    {
        var found = settings.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance);
        if (found?.SetMethod is null)
        {
            return false;
        }

        try
        {
            found.SetValue(settings, TypeDescriptor.GetConverter(found.PropertyType).ConvertFromString(null, CultureInfo.InvariantCulture, text));
            return true;
        }
        catch (Exception error) when (error is FormatException or NotSupportedException or ArgumentException)
        {
            throw new ArgumentException($"{property}: expected a {found.PropertyType.Name}, actual '{text}'", error);
        }
    }
}

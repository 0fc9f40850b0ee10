using System.Globalization;

namespace Bitcurve.Search.Trials;

/// <summary>What a budget counts.</summary>
public enum BudgetUnit
{
    /// <summary>Epochs of fine-tuning as charged by <see cref="CostModel"/>: marginal epochs, evaluations and job overhead.</summary>
    Epochs,

    /// <summary>Search jobs; the FP32 baseline and verification are free.</summary>
    Jobs,

    /// <summary>Seconds during which the search was running; a stopped process and a pause consume nothing.</summary>
    Seconds,
}

/// <summary>How much a search may spend before it has to choose.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How much of it, above 0.</param>
public sealed record Budget(BudgetUnit Unit, double Amount)
{
    private const string Examples = "60epochs, 40jobs, 90s, 30m or 2h";

    public double Amount { get; init; } = Amount > 0 && double.IsFinite(Amount)
        ? Amount
        : throw new ArgumentException(
            $"Budget: expected more than 0, actual {Amount} {Unit.ToString().ToLowerInvariant()}.", nameof(Amount));

    /// <summary>Reads <c>60epochs</c>, <c>40jobs</c>, <c>90s</c>, <c>30m</c>, <c>2h</c>.</summary>
    /// <exception cref="ArgumentException">No number, an unknown unit, or an amount that is not above 0.</exception>
    public static Budget Parse(string text)
    {
        string trimmed = text.Trim();
        int digits = trimmed.TakeWhile(letter => char.IsAsciiDigit(letter) || letter is '.' or '-').Count();
        if (!double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out double amount))
        {
            throw new ArgumentException($"Budget: expected a number and a unit such as {Examples}, actual '{text}'.", nameof(text));
        }

        return trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "epochs" or "epoch" => new Budget(BudgetUnit.Epochs, amount),
            "jobs" or "job" => new Budget(BudgetUnit.Jobs, amount),
            "s" => new Budget(BudgetUnit.Seconds, amount),
            "m" or "min" => new Budget(BudgetUnit.Seconds, amount * 60),
            "h" => new Budget(BudgetUnit.Seconds, amount * 3600),
            var unit => throw new ArgumentException($"Budget unit: expected one as in {Examples}, actual '{unit}'.", nameof(text)),
        };
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string amount = Amount.ToString("R", CultureInfo.InvariantCulture);
        return Unit == BudgetUnit.Seconds ? $"{amount}s" : $"{amount}{Unit.ToString().ToLowerInvariant()}";
    }
}

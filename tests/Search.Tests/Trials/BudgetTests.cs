using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Trials;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("60epochs", BudgetUnit.Epochs, 60)]
    [InlineData("12.5 epochs", BudgetUnit.Epochs, 12.5)]
    [InlineData("40jobs", BudgetUnit.Jobs, 40)]
    [InlineData("90s", BudgetUnit.Seconds, 90)]
    [InlineData("30m", BudgetUnit.Seconds, 1800)]
    [InlineData("2h", BudgetUnit.Seconds, 7200)]
    public void Parse_KnownText_ReadsAndPrintsIt(string text, BudgetUnit unit, double amount)
    {
        Assert.Equal(new Budget(unit, amount), Budget.Parse(text));
        Assert.Equal(Budget.Parse(text), Budget.Parse(Budget.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("0epochs", "Budget: expected more than 0, actual 0 epochs.")]
    [InlineData("-3jobs", "Budget: expected more than 0, actual -3 jobs.")]
    [InlineData("60", "Budget unit: expected one as in 60epochs, 40jobs, 90s, 30m or 2h, actual ''.")]
    [InlineData("60days", "Budget unit: expected one as in 60epochs, 40jobs, 90s, 30m or 2h, actual 'days'.")]
    [InlineData("epochs", "Budget: expected a number and a unit such as 60epochs, 40jobs, 90s, 30m or 2h, actual 'epochs'.")]
    public void Parse_BadText_SaysExpectedAndActual(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Budget.Parse(text)).Message);
}

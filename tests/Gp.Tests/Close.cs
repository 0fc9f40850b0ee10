namespace Bitcurve.Gp.Tests;

/// <summary>Comparison with a tolerance relative to the magnitude of what is expected.</summary>
internal static class Close
{
    public static void Equal(double expected, double actual, double relative, double absolute = 0) => Assert.True(
        Math.Abs(expected - actual) <= (relative * Math.Abs(expected)) + absolute,
        FormattableString.Invariant($"Expected {expected:R}, got {actual:R}: off by {Math.Abs(expected - actual):E2}, ")
        + FormattableString.Invariant($"allowed {relative:E1} relative + {absolute:E1}."));

    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Equal(expected[i], actual[i], relative, absolute);
        }
    }

    public static void Equal(double[][] expected, double[][] actual, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], relative, absolute);
        }
    }

    public static void Equal(double[,] expected, double[,] actual, double relative, double absolute = 0) =>
        Equal([.. expected.Cast<double>()], actual.Cast<double>().ToArray(), relative, absolute);
}

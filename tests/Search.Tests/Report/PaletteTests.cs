using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Tests.Report;

public sealed class PaletteTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 8)];

    /// <summary>WCAG 2 asks for 4.5 between a text and its ground.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Text_OnItsFill_CanBeRead(int bits) => Assert.True(Palette.Contrast(Palette.Fill(bits), Palette.Text(bits)) >= 4.5);

    [Fact]
    public void Fill_MoreBits_IsDarker()
    {
        double[] contrasts = [.. Widths.Select(bits => Palette.Contrast(Palette.Fill(bits.Data), "#000000"))];
        Assert.Equal(contrasts.OrderDescending(), contrasts);
    }

    /// <summary>A network has the same colours in a table and in a chart.</summary>
    [Fact]
    public void Fill_EveryWidth_IsTheChartsColour()
    {
        Assert.SkipWhen(ChartBundle.Embedded.Script is null, $"No charts: {ChartBundle.Embedded.Missing}.");
        Assert.Contains($"[{string.Join(',', Widths.Select(bits => $"\"{Palette.Fill(bits.Data)}\""))}]", ChartBundle.Embedded.Script);
    }

    [Fact]
    public void Contrast_BlackOnWhite_Is21() => Assert.Equal(21, Palette.Contrast("#ffffff", "#000000"), 9);

    [Fact]
    public void Fill_NineBits_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Palette.Fill(9));
}

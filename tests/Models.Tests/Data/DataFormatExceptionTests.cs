using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class DataFormatExceptionTests
{
    [Fact]
    public void Message_WithOffset_NamesFileThingPlaceAndBothValues()
    {
        var error = new DataFormatException("a.bin", "label", 3073, "0 .. 9", "12");

        Assert.Equal("a.bin: label at byte 3073: expected 0 .. 9, actual 12", error.Message);
        Assert.Equal(("a.bin", "label", 3073L, "0 .. 9", "12"), (error.File, error.What, error.Offset, error.Expected, error.Actual));
    }

    [Fact]
    public void Message_WithoutOffset_LeavesThePlaceOut()
    {
        var error = new DataFormatException("a.bin", "file", null, "a file", "no such file");

        Assert.Equal("a.bin: file: expected a file, actual no such file", error.Message);
    }

    [Fact]
    public void Message_HostileName_StaysOneShortLine()
    {
        var error = new DataFormatException("a", $"tensor 'x\r\ny{new string('z', 500)}'", 8, "one", "two\nthree");

        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith("expected one, actual two three", error.Message);
        Assert.InRange(error.Message.Length, 0, 300);
    }
}

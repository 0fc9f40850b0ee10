namespace Bitcurve.Models.Tests.Weights;

/// <summary>Every rule of the format broken once; the message names what, where, expected and actual.</summary>
public sealed class SafetensorsMalformedTests
{
    [Theory]
    // JSON: the header starts at byte 8 of the file.
    [InlineData("[]", 0, "header at byte 8: expected '{', actual byte 0x5b")]
    [InlineData("", 0, "header at byte 8: expected '{', actual an empty header")]
    [InlineData("""{"a":1}""", 0, "tensor 'a' at byte 13: expected an object, actual 1")]
    [InlineData("""{"a":{"dtype":3}}""", 0, "tensor 'a' dtype at byte 22: expected a string, actual 3")]
    [InlineData("""{"a":{"dtype":"F8"}}""", 0,
        "tensor 'a' dtype at byte 22: expected one of BOOL, U8, I8, I32, I64, F16, BF16, F32, F64, actual F8")]
    [InlineData("""{"a":{"shape":4}}""", 0, "tensor 'a' shape at byte 22: expected an array, actual 4")]
    [InlineData("""{"a":{"shape":[-4]}}""", 0, "tensor 'a' shape at byte 23: expected whole numbers 0 .. 2^63 - 1, actual -4")]
    [InlineData("""{"a":{"shape":[1.5]}}""", 0, "tensor 'a' shape at byte 23: expected whole numbers 0 .. 2^63 - 1, actual 1.5")]
    [InlineData("""{"a":{"shape":["2"]}}""", 0, "tensor 'a' shape at byte 23: expected whole numbers 0 .. 2^63 - 1, actual 2")]
    [InlineData("""{"a":{"data_offsets":[0,1,2]}}""", 0, "tensor 'a' data_offsets at byte 35: expected 2 numbers, actual 3")]
    [InlineData("""{"a":{}}""", 0, "tensor 'a' at byte 13: expected dtype, shape and data_offsets, actual no field")]
    [InlineData("""{"a":{"dtype":"F32","shape":[]}}""", 0,
        "tensor 'a' at byte 13: expected dtype, shape and data_offsets, actual dtype, shape")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8"}}""", 0, "tensor 'a' at byte 27: expected each name once, actual 'dtype' twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ 'a' at byte 29: expected a string, actual 1")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__ at byte 33: expected each name once, actual 'a' twice")]
    public void Open_BadHeader_NamesTheByte(string header, int dataBytes, string expected) =>
        Assert.Equal($"file: {expected}", HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, dataBytes)));

    [Theory]
    [InlineData("0,8", "[3]", 8, "tensor 'a' at byte 63: expected 12 bytes for F32 [3], actual 8")]
    [InlineData("0,8", "[1]", 8, "tensor 'a' at byte 63: expected 4 bytes for F32 [1], actual 8")]
    [InlineData("8,0", "[2]", 8, "tensor 'a' at byte 71: expected an end at or after the beginning, actual 8 .. 0")]
    [InlineData("4,8", "[1]", 8, "tensor 'a' at byte 67: expected data from 0 on, actual 4 (a hole before it)")]
    [InlineData("0,8", "[2]", 5, "tensor 'a' at byte 63: expected data up to 8, actual 5 bytes of data (the file is truncated)")]
    [InlineData("0,8", "[2]", 9, "end of the data at byte 71: expected 8 bytes of data, actual 9 (bytes that belong to no tensor)")]
    public void Open_OneTensorWithBadOffsets_NamesTensorAndOffset(string offsets, string shape, int dataBytes, string expected)
    {
        // 58 bytes of header, so the data start at byte 63.
        string header = $$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[{{{offsets}}}]}} """;
        Assert.Equal(55, header.Length);

        Assert.Equal($"file: {expected}", HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, dataBytes)));
    }

    [Theory]
    [InlineData(0, 4, 2, 6, "tensor 'b' at byte 116: expected data from 4 on, actual 2 (an overlap with the tensor before)")]
    [InlineData(0, 4, 5, 9, "tensor 'b' at byte 119: expected data from 4 on, actual 5 (a hole before it)")]
    [InlineData(0, 4, 0, 4, "tensor 'b' at byte 114: expected data from 4 on, actual 0 (an overlap with the tensor before)")]
    public void Open_TwoTensorsThatDoNotTile_NamesTheSecond(int begin, int end, int secondBegin, int secondEnd, string expected)
    {
        string header = $$$"""{"a":{"dtype":"U8","shape":[4],"data_offsets":[{{{begin}}},{{{end}}}]},"""
            + $$$""" "b":{"dtype":"U8","shape":[4],"data_offsets":[{{{secondBegin}}},{{{secondEnd}}}]}}""";
        Assert.Equal(106, header.Length);

        Assert.Equal($"file: {expected}", HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, 9)));
    }

    [Fact]
    public void Open_TensorNameTwice_NamesTheSecondPlace()
    {
        const string one = "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";

        Assert.Equal(
            $"file: header at byte {8 + 1 + one.Length + 1}: expected each name once, actual 'a' twice",
            HandWrittenFile.Refusal(HandWrittenFile.Bytes($"{{{one},{one}}}", 1)));
    }

    [Fact]
    public void Open_ShapeWhoseProductOverflows_IsRefused()
    {
        const string header = """{"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""";

        Assert.Equal(
            $"file: tensor 'a' at byte {8 + header.Length}: expected fewer than 2^63 bytes, actual F64 [4294967296, 4294967296]",
            HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, 0)));
    }

    [Fact]
    public void Open_OffsetsNearTheLargestNumber_DoNotWrap()
    {
        const string header = """{"a":{"dtype":"U8","shape":[7],"data_offsets":[9223372036854775800,9223372036854775807]}}""";

        Assert.Equal(
            "file: tensor 'a' at byte 9223372036854775807: expected data from 0 on, actual 9223372036854775800 (a hole before it)",
            HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, 0)));
    }

    [Theory]
    [InlineData("""{"a":""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},}""")]
    [InlineData("""{} x""")]
    public void Open_BrokenJson_SaysWhere(string header) =>
        Assert.Matches(
            "^file: header at byte [0-9]+: expected valid JSON, actual .+$", HandWrittenFile.Refusal(HandWrittenFile.Bytes(header, 1)));

    [Fact]
    public void Open_TextThatIsNoUnicode_IsRefused()
    {
        byte[] bytes = HandWrittenFile.Bytes("""{"a":1}""", 0);
        bytes[8 + 2] = 0xFF;

        Assert.Equal("file: header at byte 8: expected valid UTF-8, actual bytes that are not UTF-8", HandWrittenFile.Refusal(bytes));
        Assert.StartsWith(
            "file: header at byte 9: expected valid Unicode text, actual ",
            HandWrittenFile.Refusal(HandWrittenFile.Bytes("""{"\ud800":1}""", 0)));
    }

    [Fact]
    public void Open_FileShorterThanItsPrefixOrHeader_IsTruncated()
    {
        Assert.Equal("file: header length at byte 0: expected 8 bytes, actual 0 (the file is truncated)", HandWrittenFile.Refusal([]));
        Assert.Equal(
            "file: header length at byte 0: expected 8 bytes, actual 7 (the file is truncated)", HandWrittenFile.Refusal(new byte[7]));
        Assert.Equal(
            "file: header at byte 8: expected 20 bytes, actual 2 (the file is truncated)",
            HandWrittenFile.Refusal([20, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']));
    }

    [Fact]
    public void Open_HeaderLengthBeyondTheLimit_AsksForNoMemory() =>
        Assert.Equal(
            "file: header length at byte 0: expected at most 100000000, actual 18446744073709551615",
            HandWrittenFile.Refusal([255, 255, 255, 255, 255, 255, 255, 255]));
}

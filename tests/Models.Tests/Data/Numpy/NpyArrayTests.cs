using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Numpy;

namespace Bitcurve.Models.Tests.Data.Numpy;

public class NpyArrayTests
{
    [Fact]
    public void Read_Matrix_KeepsTypeShapeAndBytes()
    {
        NpyArray array = Read(NumpyBytes.Npy("|u1", "(2, 3)", [1, 2, 3, 4, 5, 255]));

        Assert.Equal((NpyType.U8, 128), (array.Type, array.Header.DataStart));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1L, 2, 3, 4, 5, 255], array.ToInt64());
    }

    [Theory]
    [InlineData("()", 1)]
    [InlineData("(1,)", 1)]
    [InlineData("(1L, 1L)", 1)]
    [InlineData("(0, 5)", 0)]
    public void Read_AnyShape_CountsElements(string shape, int elements) =>
        Assert.Equal(elements, Read(NumpyBytes.Npy("|u1", shape, new byte[elements])).Bytes.Length);

    [Fact]
    public void Read_KeysInAnotherOrder_AreFound()
    {
        NpyArray array = Read(NumpyBytes.Npy("{'shape':(2,),'fortran_order':False,'descr':'<u2'}", [1, 0, 0, 1]));

        Assert.Equal([1L, 256], array.ToInt64());
    }

    [Fact]
    public void Read_Version2_HasAFourByteLength()
    {
        byte[] one = NumpyBytes.Npy("|i1", "(1,)", [0xFE]);
        byte[] two = [.. one[..6], 2, 0, one[8], one[9], 0, 0, .. one[10..]];

        Assert.Equal([-2L], Read(two).ToInt64());
    }

    [Theory]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF }, -2)]
    [InlineData("<u2", new byte[] { 0xFE, 0xFF }, 65534)]
    [InlineData("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("<u4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, 4294967294)]
    [InlineData("<i8", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("<u8", new byte[] { 2, 1, 0, 0, 0, 0, 0, 0 }, 258)]
    public void ToInt64_EachType_ReadsLittleEndian(string descr, byte[] data, long expected) =>
        Assert.Equal([expected], Read(NumpyBytes.Npy(descr, "(1,)", data)).ToInt64());

    [Fact]
    public void ToFloat32_EachWidth_ReadsIt()
    {
        Assert.Equal([1.5f, -0.25f], Read(NumpyBytes.Npy("<f4", "(2,)", [0, 0, 0xC0, 0x3F, 0, 0, 0x80, 0xBE])).ToFloat32());
        Assert.Equal([0.1f], Read(NumpyBytes.Npy("<f8", "(1,)", BitConverter.GetBytes(0.1))).ToFloat32());
        // Half precision: sign, 5 bits of exponent with bias 15, 10 of fraction.
        Assert.Equal([1.5f, -0.25f], Read(NumpyBytes.Npy("<f2", "(2,)", [0x00, 0x3E, 0x00, 0xB4])).ToFloat32());
    }

    [Fact]
    public void Conversions_OfTheOtherKind_AreRefused()
    {
        Assert.Equal("f: descr at byte 0: expected whole numbers, actual <f4", Refusal(() => Read(NumpyBytes.Npy("<f4", "(1,)", new byte[4])).ToInt64()));
        Assert.Equal("f: descr at byte 0: expected <f2, <f4 or <f8, actual |u1", Refusal(() => Read(NumpyBytes.Npy("|u1", "(1,)", new byte[1])).ToFloat32()));
        Assert.Equal(
            "f: element at byte 136: expected at most 2^63 - 1, actual 18446744073709551615",
            Refusal(() => Read(NumpyBytes.Npy("<u8", "(2,)", [.. new byte[8], .. Enumerable.Repeat((byte)255, 8)])).ToInt64()));
    }

    [Theory]
    [InlineData("|u1", "(2, 3)", "True", 6, "f: fortran_order at byte 10: expected False (C order), actual True")]
    [InlineData(">i4", "(1,)", "False", 4, "f: descr at byte 10: expected one of |u1, |i1, <u2, <i2, <u4, <i4, <u8, <i8, <f4, <f8, <f2, actual >i4")]
    [InlineData("|O", "(1,)", "False", 8, "f: descr at byte 10: expected one of |u1, |i1, <u2, <i2, <u4, <i4, <u8, <i8, <f4, <f8, <f2, actual |O")]
    [InlineData("|u1", "(2, 3)", "False", 5, "f: data at byte 128: expected 6 bytes for |u1 [2, 3], actual 5 (the file is truncated)")]
    [InlineData("|u1", "(2, 3)", "False", 7, "f: data at byte 128: expected 6 bytes for |u1 [2, 3], actual 7 (bytes that belong to no element)")]
    [InlineData("|u1", "(99999, 99999)", "False", 1, "f: shape at byte 10: expected at most 2147483591 elements, actual (99999, 99999)")]
    [InlineData("<i8", "(2147483591,)", "False", 8, "f: data at byte 128: expected 17179868728 bytes for <i8 [2147483591], actual 8 (the file is truncated)")]
    public void Read_WhatIsNotReadHere_SaysSo(string descr, string shape, string order, int dataBytes, string message) =>
        Assert.Equal(message, Refusal(() => Read(NumpyBytes.Npy(descr, shape, new byte[dataBytes], order))));

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False}")]
    [InlineData("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '|u1' 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("nonsense")]
    public void Read_OtherHeader_ShowsIt(string header) =>
        Assert.Equal(
            $"f: header at byte 10: expected a dictionary with descr, fortran_order and shape, actual {header}",
            Refusal(() => Read(NumpyBytes.Npy(header, [0]))));

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        byte[] whole = NumpyBytes.Npy("<i4", "(3,)", new byte[12]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Contains("(the file is truncated)", Refusal(() => Read(whole[..length])));
        }
    }

    [Fact]
    public void Read_WrongMagicOrVersion_IsRefused()
    {
        byte[] file = NumpyBytes.Npy("|u1", "(1,)", [0]);
        file[6] = 3;
        Assert.Equal("f: version at byte 6: expected 1.0 or 2.0, actual 3.0", Refusal(() => Read(file)));
        file[1] = (byte)'P';
        Assert.Equal("f: magic at byte 0: expected 934E554D5059, actual 9350554D5059", Refusal(() => Read(file)));
    }

    [Fact]
    public void Require_OtherShape_NamesBoth() =>
        Assert.Equal(
            "f: shape at byte 0: expected [any, 3], actual [3]",
            Refusal(() => Read(NumpyBytes.Npy("|u1", "(3,)", new byte[3])).Require([NpyType.U8], null, 3)));

    private static NpyArray Read(byte[] bytes) => NpyArray.Read(bytes, "f");

    private static string Refusal(Action read) => Assert.Throws<DataFormatException>(read).Message;
}

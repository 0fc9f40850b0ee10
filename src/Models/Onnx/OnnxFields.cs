namespace Bitcurve.Models.Onnx;

/// <summary>Field numbers of the messages in onnx.proto (ONNX 1.20, IR version 13), as far as they are written or read here.</summary>
internal static class OnnxFields
{
    internal static class Model
    {
        internal const int IrVersion = 1;
        internal const int ProducerName = 2;
        internal const int Graph = 7;
        internal const int OpsetImport = 8;
        internal const int MetadataProps = 14;
        internal const int Functions = 25;
    }

    internal static class OperatorSet
    {
        internal const int Domain = 1;
        internal const int Version = 2;
    }

    internal static class StringStringEntry
    {
        internal const int Key = 1;
        internal const int Value = 2;
    }

    internal static class Graph
    {
        internal const int Node = 1;
        internal const int Name = 2;
        internal const int Initializer = 5;
        internal const int Input = 11;
        internal const int Output = 12;
    }

    internal static class Node
    {
        internal const int Input = 1;
        internal const int Output = 2;
        internal const int Name = 3;
        internal const int OpType = 4;
        internal const int Attribute = 5;
        internal const int Domain = 7;
    }

    internal static class Function
    {
        internal const int Name = 1;
        internal const int Input = 4;
        internal const int Output = 5;
        internal const int Node = 7;
        internal const int DocString = 8;
        internal const int OpsetImport = 9;
        internal const int Domain = 10;
    }

    internal static class Attribute
    {
        internal const int Name = 1;
        internal const int Float = 2;
        internal const int Int = 3;
        internal const int String = 4;
        internal const int Ints = 8;
        internal const int Type = 20;
    }

    internal static class Tensor
    {
        internal const int Dims = 1;
        internal const int DataType = 2;
        internal const int Name = 8;
        internal const int RawData = 9;
    }

    internal static class ValueInfo
    {
        internal const int Name = 1;
        internal const int Type = 2;
    }

    internal static class Type
    {
        internal const int TensorType = 1;
        internal const int ElementType = 1;
        internal const int Shape = 2;
        internal const int Dimension = 1;
        internal const int DimensionValue = 1;
        internal const int DimensionName = 2;
    }
}

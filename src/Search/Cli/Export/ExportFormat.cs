namespace Bitcurve.Search.Cli.Export;

/// <summary>Kinds of file that a network is exported to.</summary>
internal enum ExportFormat
{
    Packed,
    Onnx,
    Safetensors,
}

using System.Globalization;

namespace Bitcurve.Search.Cli;

/// <summary>Reads <c>--device</c> and <c>--threads</c>.</summary>
internal static class DeviceOption
{
    private const string Cuda = "cuda:";

    /// <summary>Parsed here, not by the tensor library: its device class would start CUDA, or end the process, on a wrong name.</summary>
    /// <exception cref="ArgumentException">Not one of this machine's devices.</exception>
    internal static TorchSharp.torch.Device Parse(string text)
    {
        if (text == "cpu")
        {
            return TorchSharp.torch.CPU;
        }

        var devices = TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0;
        if (text.StartsWith(Cuda, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < devices)
        {
            return TorchSharp.torch.device(text);
        }

        var known = string.Join(", ", Enumerable.Range(0, devices).Select(k => $"{Cuda}{k}").Prepend("cpu"));
        throw new ArgumentException($"--device: expected one of this machine's devices ({known}), actual '{text}'");
    }

    /// <exception cref="ArgumentException">Below one.</exception>
    internal static int Threads(int value) => value >= 1 ? value : throw new ArgumentException($"--threads: expected 1 or more, actual {value}");
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>Asks the NVIDIA driver's own tool about one device. Where there is no such tool, it is not asked again.</summary>
internal sealed class GraphicsReader
{
    private const long BytesPerMebibyte = 1 << 20;

    // The tool hangs where the driver does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string tool;
    private readonly string identity;
    private bool isMissing;

    /// <param name="device">As libtorch names it, e.g. <c>cuda:1</c>.</param>
    /// <param name="visible">
    /// The devices that libtorch counts, numbers or names separated by commas; null for all. The driver's tool counts all of them.
    /// </param>
    /// <param name="tool">To ask.</param>
    internal GraphicsReader(string device, string? visible, string tool) => (identity, this.tool) = (IdentityOf(device, visible), tool);

    internal GraphicsReader(string device)
        : this(device, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), "nvidia-smi")
    {
    }

    /// <summary>Null when the tool is missing, hangs, fails, or answers nothing that can be read.</summary>
    internal DeviceReading? Read()
    {
        if (isMissing)
        {
            return null;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                tool, ["--query-gpu=memory.used,memory.total,utilization.gpu", "--format=csv,noheader,nounits", "-i", identity])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return Answer(process);
        }
        catch (Win32Exception)
        {
            isMissing = true;
            return null;
        }
    }

    /// <summary>Parses <c>USED, TOTAL, PERCENT</c>, mebibytes; parts that the device does not tell are null.</summary>
    internal static DeviceReading? Parse(string line)
    {
        double?[] parts = [.. line.Split(',', StringSplitOptions.TrimEntries).Select(
            part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : (double?)null)];
        return parts.Length == 3 && parts.Any(part => part is not null)
            ? new DeviceReading((long?)(parts[0] * BytesPerMebibyte), (long?)(parts[1] * BytesPerMebibyte), parts[2] / 100)
            : null;
    }

    /// <summary>What the tool calls a device of libtorch.</summary>
    internal static string IdentityOf(string device, string? visible)
    {
        var number = device.Contains(':', StringComparison.Ordinal) ? device[(device.IndexOf(':', StringComparison.Ordinal) + 1)..] : "0";
        var names = visible?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < names.Length ? names[index] : number;
    }

    private static DeviceReading? Answer(Process process)
    {
        var complaint = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadLineAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            process.WaitForExit();
        }

        // Both end with the process.
        Task.WaitAll(line, complaint);
        return process.ExitCode == 0 && line.GetAwaiter().GetResult() is { } text ? Parse(text) : null;
    }
}

namespace Bitcurve.Models.Workloads;

/// <summary>What a device is, for figures that belong to a kind of device.</summary>
public static class DeviceName
{
    private const string DriverFolder = "/proc/driver/nvidia/gpus";
    private const string ModelField = "Model:";

    /// <summary>
    /// <c>cpu</c>; or the name that the NVIDIA driver gives this machine's devices, e.g. <c>NVIDIA H200</c>, if all are the same; else
    /// <c>cuda</c>: the driver's order need not be CUDA's, and the tensor library does not tell.
    /// </summary>
    /// <param name="device">As libtorch names it, e.g. <c>cuda:0</c>.</param>
    public static string Of(string device) => Of(device, DriverFolder);

    /// <param name="device">As libtorch names it.</param>
    /// <param name="driverFolder">One folder per device with a file <c>information</c>.</param>
    public static string Of(string device, string driverFolder)
    {
        var type = device.Split(':')[0];
        if (type != "cuda" || !Directory.Exists(driverFolder))
        {
            return type;
        }

        var models = Directory.GetFiles(driverFolder, "information", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith(ModelField, StringComparison.Ordinal))
            .Select(line => line[ModelField.Length..].Trim())
            .Distinct()
            .ToList();
        return models.Count == 1 ? models[0] : type;
    }
}

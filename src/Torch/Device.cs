namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device CUDA = new(DeviceType.CUDA);

    /// <summary>Parses <c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</summary>
    /// <exception cref="ArgumentException">Anything else.</exception>
    public static Device device(string description) => new(description);

    /// <summary>Element types, numbered as in libtorch.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    /// <summary>Where a tensor lives. An <see cref="index"/> of -1 means the current one of its type.</summary>
    public sealed class Device : IEquatable<Device>
    {
        public Device(DeviceType type, int index = -1) => (this.type, this.index) = (type, index);

        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"expected cpu, cuda or cuda:N, got '{description}'", nameof(description)),
            };
            index = -1;
            if (parts.Length > 1)
            {
                index = parts.Length == 2 && int.TryParse(parts[1], out var parsed) && parsed >= 0
                    ? parsed
                    : throw new ArgumentException($"expected cpu, cuda or cuda:N, got '{description}'", nameof(description));
            }
        }

        public DeviceType type { get; }

        public int index { get; }

        public bool Equals(Device? other) => other is not null && type == other.type && index == other.index;

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, index);

        public override string ToString() => type.ToString().ToLowerInvariant() + (index < 0 ? "" : $":{index}");
    }

    public static class cuda
    {
        public static int device_count() => Native.NativeMethods.bitcurve_cuda_device_count();

        public static bool is_available() => device_count() > 0;
    }
}

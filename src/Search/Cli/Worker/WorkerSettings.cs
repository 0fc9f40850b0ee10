using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Search.Cli;

/// <summary>What <c>bitcurve worker</c> was asked for, as given.</summary>
internal sealed record WorkerSettings
{
    private const string Cuda = "cuda:";

    internal required string? Server { get; init; }

    internal required string? TokenFile { get; init; }

    internal required string Devices { get; init; }

    /// <summary>Full path.</summary>
    internal required string Data { get; init; }

    /// <summary>Names separated by commas; null for all that need no files.</summary>
    internal required string? Workloads { get; init; }

    internal required string Name { get; init; }

    internal ComputePrecision Precision { get; init; }

    internal required int? Threads { get; init; }

    internal required int? BaselineEpochs { get; init; }

    /// <exception cref="ArgumentException">Something does not parse, or there is no token.</exception>
    internal void Check()
    {
        _ = ServerAddress;
        _ = ReadToken();
        _ = OpenWorkloads();
        RequirePositive("--threads", Threads);
        RequirePositive("--baseline-epochs", BaselineEpochs);
        if (string.IsNullOrWhiteSpace(Name))
        {
            throw new ArgumentException("--name: expected a name, actual an empty one");
        }
    }

    internal Uri ServerAddress => Uri.TryCreate(Server, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new ArgumentException($"--server: expected an address like http://10.0.0.1:5080 (also as BITCURVE_SERVER), actual {(string.IsNullOrEmpty(Server) ? "none" : $"'{Server}'")}");

    /// <summary>Null where no token file is given.</summary>
    internal string? ReadToken()
    {
        if (string.IsNullOrEmpty(TokenFile))
        {
            return null;
        }

        if (!File.Exists(TokenFile))
        {
            throw new ArgumentException($"--token-file {TokenFile}: expected a file with a token, actual none");
        }

        var token = File.ReadLines(TokenFile).FirstOrDefault()?.Trim();
        return string.IsNullOrEmpty(token) || token.Any(c => c is <= ' ' or > '~')
            ? throw new ArgumentException($"--token-file {TokenFile}: expected a token in its first line, actual none")
            : token;
    }

    /// <summary>Parsed, with nothing loaded yet.</summary>
    internal IReadOnlyList<Workload> OpenWorkloads()
    {
        var names = Workloads?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [.. DataSource.Generated.SelectMany(data => NetworkCatalogue.Names.Select(network => $"{network}/{data}"))];
        return names.Length > 0
            ? [.. names.Distinct().Select(name => Workload.Open(name, baselineEpochs: BaselineEpochs))]
            : throw new ArgumentException("--workload: expected NETWORK/DATA, actual none");
    }

    /// <summary>One device for each process.</summary>
    internal IReadOnlyList<string> DeviceNames()
    {
        if (Devices == "cpu")
        {
            return ["cpu"];
        }

        // Asked of the tensor library only here: the parent of CPU processes need not load it.
        var cudaDevices = Enumerable.Range(0, TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0)
            .Select(index => string.Create(CultureInfo.InvariantCulture, $"{Cuda}{index}")).ToList();
        if (Devices == "all")
        {
            return cudaDevices.Count > 0 ? cudaDevices : ["cpu"];
        }

        IReadOnlyList<string> known = [.. cudaDevices.Prepend("cpu")];
        var named = Devices.Split(',', StringSplitOptions.TrimEntries);
        return named.Distinct().Count() == named.Length && named.All(known.Contains)
            ? named
            : throw new ArgumentException($"--devices: expected all, or some of this machine's devices ({string.Join(", ", known)}), actual '{Devices}'");
    }

    private static void RequirePositive(string option, int? value)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{option}: expected 1 or more, actual {value}");
        }
    }
}

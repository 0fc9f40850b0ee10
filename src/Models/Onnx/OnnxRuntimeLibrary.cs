using System.Runtime.InteropServices;

namespace Bitcurve.Models.Onnx;

/// <summary>ONNX Runtime is on no path where it is looked for.</summary>
public sealed class OnnxRuntimeMissingException(string message) : Exception(message);

/// <summary>
/// Finds ONNX Runtime's library: the file or folder that the environment variable <see cref="Variable"/> names, else what the loader finds, else
/// the npm package in the user's cache (<c>build/onnxruntime.sh</c> puts it there).
/// </summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>Environment variable with the library's file or folder.</summary>
    public const string Variable = "ONNXRUNTIME";

    // As in build/onnxruntime.sh.
    private const string Package = "onnxruntime-node@1.30.0";
    private const string FileName = "libonnxruntime.so.1";

    private static readonly Lazy<nint> Loaded = new(Load);

    /// <summary>The library's handle, for the whole process.</summary>
    /// <exception cref="OnnxRuntimeMissingException">It is not found or does not load; the message says how to get it.</exception>
    internal static nint Handle => Loaded.Value;

    /// <summary>Whether it is found and loads.</summary>
    public static bool IsAvailable => Find() is not null;

    /// <summary>The file that loads, or the name that the loader knows; null for none.</summary>
    public static string? Find() => Candidates().FirstOrDefault(CanLoad);

    /// <summary>How to get it, in one line.</summary>
    public static string HowToGet => $"'npm install --ignore-scripts --prefix {CacheFolder} {Package}', or set {Variable} to {FileName} or its folder";

    private static string CacheFolder => Path.Combine(UserCache.Folder, "onnxruntime");

    private static nint Load() => Find() is { } path
        ? NativeLibrary.Load(path)
        : throw new OnnxRuntimeMissingException($"ONNX Runtime: expected {FileName} in {Variable}, on the loader's path or in {CacheFolder}, actual none that loads; get it with {HowToGet}");

    private static IEnumerable<string> Candidates()
    {
        // What the user names is what counts: another version than the one asked for would be a surprise.
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return [Directory.Exists(named) ? Path.Combine(named, FileName) : named];
        }

        var architecture = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64";
        return [FileName, Path.Combine(CacheFolder, "node_modules/onnxruntime-node/bin/napi-v6/linux", architecture, FileName)];
    }

    private static bool CanLoad(string path) => NativeLibrary.TryLoad(path, out _);
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Formats;

/// <summary>Runs samples/clip_shards.py on .ppm frames, for which Python alone is enough, and loads what it writes.</summary>
public sealed class ClipShardsScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Convert_FoldersOfFrames_WritesShardsThatLoad()
    {
        RequirePython();
        // Frame k of a video is flat: red 10 k, green the video's number, blue 255 - k.
        WriteVideo("train", "fall", 1, 5);
        WriteVideo("train", "jump", 2, 9);
        WriteVideo("train", "jump", 3, 2);
        WriteVideo("val", "fall", 4, 3);
        WriteVideo("val", "jump", 5, 3);

        Assert.Equal((0, ""), Convert("--length", "3", "--stride", "2", "--size", "2", "--resize", "2", "--shard", "2"));
        SampleSplits<ClipsSample> splits = ClipShards.Load(folder.File("out"), 3, 2);

        Assert.Equal(["fall", "jump"], splits.ClassNames);
        Assert.Equal((3, 1, 1), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        var byVideo = splits.Train.ToDictionary(clip => (int)clip.Frames[12]);
        Assert.Equal([1, 2, 3], byVideo.Keys.Order());
        Assert.Equal((0, 1, 1), (byVideo[1].Motion, byVideo[2].Motion, byVideo[3].Motion));

        // Five frames, stride 2: 0, 2, 4; nine: 2, 4, 6 from the middle; two: 0, 1 and the last one again.
        Assert.Equal([0, 20, 40], Reds(byVideo[1]));
        Assert.Equal([20, 40, 60], Reds(byVideo[2]));
        Assert.Equal([0, 10, 10], Reds(byVideo[3]));
        Assert.Equal([255, 255, 255, 255, 253, 253, 253, 253, 251, 251, 251, 251], byVideo[1].Frames[24..]);
        Assert.Equal(
            ["train-00000.safetensors", "train-00001.safetensors", "validation-00000.safetensors"],
            Directory.GetFiles(folder.File("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Convert_VideoWithoutFrames_NamesIt()
    {
        RequirePython();
        Directory.CreateDirectory(folder.File("in/train/fall/empty"));
        WriteVideo("val", "fall", 1, 1);
        (int code, string error) = Convert("--size", "2");

        Assert.Equal(2, code);
        Assert.Equal($"{folder.File("in/train/fall/empty")}: expected frames (.jpeg, .jpg, .png, .bmp, .ppm), actual none\n", error);
    }

    private static int[] Reds(ClipsSample clip) => [clip.Frames[0], clip.Frames[4], clip.Frames[8]];

    private static void RequirePython()
    {
        bool found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "python3")));
        Assert.SkipUnless(found, "python3 is not on the PATH: samples/clip_shards.py was not run");
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private void WriteVideo(string split, string name, byte video, int frames)
    {
        string place = folder.File($"in/{split}/{name}/video{video}");
        Directory.CreateDirectory(place);
        for (int k = 0; k < frames; k++)
        {
            byte[] pixels = [.. Enumerable.Repeat(new[] { (byte)(10 * k), video, (byte)(255 - k) }, 4).SelectMany(pixel => pixel)];
            File.WriteAllBytes(Path.Combine(place, $"{k:D4}.ppm"), [.. Encoding.ASCII.GetBytes("P6 2 2 255\n"), .. pixels]);
        }
    }

    private (int Code, string Error) Convert(params string[] arguments)
    {
        string script = Path.Combine(SourceFolder(), "../../../../samples/clip_shards.py");
        var start = new ProcessStartInfo("python3", ["-B", script, "--from", folder.File("in"), "--to", folder.File("out"), "--workers", "1", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        // What it prints on the way is short; errors are read first so that neither pipe fills up.
        string error = process.StandardError.ReadToEnd();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}

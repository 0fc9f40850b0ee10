using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Reads FOLDER/CLASS/NAME.binvox or, as ShapeNet is laid out, FOLDER/CLASS/NAME/*.binvox (the .solid.binvox where there are two).</summary>
/// <remarks>
/// CLASS/train.lst, val.lst and test.lst name the items of each split, a name a line; without them the SHA-256 of CLASS/NAME decides:
/// eight, one and one tenth. A split is read when first asked for, on all cores, and then kept. The y axis is up, as in ShapeNet.
/// </remarks>
public static class BinvoxFolder
{
    private const string Extension = ".binvox";
    private const string SolidExtension = ".solid.binvox";

    /// <param name="folder">Of the class folders.</param>
    /// <param name="resolution">Voxels along each axis: that of the files, or one that divides it.</param>
    /// <exception cref="DataFormatException">The folders are not so, or, when a split is asked for, a file breaks its format.</exception>
    public static SampleSplits<SolidsSample> Load(string folder, int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 1);
        string[] classes = ClassFolders.Classes(folder);
        Dictionary<string, string>[] items = [.. classes.Select(name => Items(Path.Combine(folder, name)))];
        return new SampleSplits<SolidsSample>($"binvox {resolution}^3", classes, split =>
        {
            (string Path, int Category)[] files =
            [
                .. classes.SelectMany((name, category) =>
                    ClassFolders.Items(folder, name, split, items[category].Keys).Select(item => (items[category][item], category))),
            ];
            return files.Length == 0
                ? throw new DataFormatException(folder, $"{split.ToString().ToLowerInvariant()} items", null, "at least one", "none")
                : DataFiles.ReadAll(files, file => Read(file.Path, file.Category, resolution));
        });
    }

    // The file of each item of a class.
    private static Dictionary<string, string> Items(string folder)
    {
        var items = new Dictionary<string, string>();
        foreach (string path in Directory.EnumerateFiles(folder, $"*{Extension}"))
        {
            items[Path.GetFileNameWithoutExtension(path)] = path;
        }

        foreach (string inside in Directory.EnumerateDirectories(folder))
        {
            string[] files = Directory.GetFiles(inside, $"*{Extension}", SearchOption.AllDirectories);
            files = files.Length > 1 ? [.. files.Where(path => path.EndsWith(SolidExtension, StringComparison.Ordinal))] : files;
            if (files.Length != 1 || !items.TryAdd(Path.GetFileName(inside), files[0]))
            {
                throw new DataFormatException(inside, "item", null, $"one {Extension} file for each name", $"{files.Length} here");
            }
        }

        return items.Count > 0 ? items : throw new DataFormatException(folder, "class folder", null, $"{Extension} files", "none");
    }

    private static SolidsSample Read(string path, int category, int resolution)
    {
        Binvox grid = Binvox.Read(path);
        return grid.Resolution % resolution == 0
            ? new SolidsSample(grid.Reduced(resolution), category)
            : throw new DataFormatException(path, "resolution", null, $"a multiple of {resolution}", $"{grid.Resolution}");
    }
}

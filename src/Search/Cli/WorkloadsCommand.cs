using System.CommandLine;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Search.Cli;

/// <summary><c>bitcurve workloads</c>: what can be searched.</summary>
internal static class WorkloadsCommand
{
    internal static Command Create()
    {
        var command = new Command("workloads", "Lists the networks and data that a workload NETWORK/DATA can be made of.");
        command.SetAction(_ =>
        {
            Console.WriteLine($"networks  {string.Join(", ", NetworkCatalogue.Names)}");
            Console.WriteLine($"data      {DataSource.Expected}");
            Console.WriteLine("          shapes32 is generated; shapes32-tiny is a twentieth of it, to try the tools in seconds;");
            Console.WriteLine("          cifar10:DIR reads the published binary files (data_batch_1.bin ... test_batch.bin) in DIR,");
            Console.WriteLine("          cifar100:DIR likewise (train.bin, test.bin),");
            Console.WriteLine("          imagenet32:DIR the published npz files (train_data_batch_1.npz ..., val_data.npz),");
            Console.WriteLine("          shards:DIR the shards that samples/imagenet_shards.py makes of folders of images, e.g. of ImageNet.");
            Console.WriteLine("example   bitcurve run --workload resnet8/shapes32");
        });
        return command;
    }
}

using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Image classifiers: every network of two axes in the catalogue, on generated shapes and on the published data sets.</summary>
internal static class ImageSystems
{
    private static readonly IReadOnlyList<WorkloadData> Data =
    [
        new("shapes32", "drawn shapes, 32x32, 10 classes"),
        new("shapes32-tiny", "a twentieth of shapes32, to try the tools in seconds"),
        new("cifar10", "the published binary files (data_batch_1.bin ... test_batch.bin)", IsFolder: true),
        new("cifar100", "the published binary files (train.bin, test.bin)", IsFolder: true),
        new("imagenet32", "the published npz files (train_data_batch_1.npz ..., val_data.npz)", IsFolder: true),
        new("shards", "shards that samples/imagenet_shards.py makes of folders of images, e.g. of ImageNet", IsFolder: true),
    ];

    internal static IEnumerable<WorkloadFamily> Families => NetworkCatalogue.Names.Select(network => new WorkloadFamily
    {
        Network = network,
        Source = SourceOf(network),
        Summary = "classifies images",
        Metric = Metric.Accuracy,
        Data = Data,
        Scales = [WorkloadScale.Full],
        Open = (_, data) => Content(network, DataSource.Parse(data.Folder is null ? data.Name : $"{data.Name}:{data.Folder}")),
        Layers = _ => QuantizedLayer.AllOf(NetworkCatalogue.Describe(network)),
    });

    private static WorkloadContent Content(string network, DataSource source) =>
        new(new ImageClassification(network, source.Load), source.Baseline, source.FineTuning);

    private static string SourceOf(string network) => network switch
    {
        "convnext-t" => "thesis ch. 4, Table 3",
        "mobilenet-v1" or "mobilenet-v1-cifar" => "seeds 003 and 004",
        "vgg8" or "resnet8" => "thesis ch. 3, in small",
        _ when network.StartsWith("resnet", StringComparison.Ordinal) => "thesis ch. 3, Tables 1-4, and ch. 4, Tables 1-2",
        _ => "thesis ch. 3, Tables 1-3",
    };
}

using Bitcurve.Models.Experiments;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Tests.Experiments;

public class ConvolutionVariantsTests
{
    // The paper books the 13 x 4096 weights of the last linear layer with the convolutions.
    private const long LastLayer = 13 * 4096;

    [Fact]
    public void Rows_Published_AreWhatTheNetworksHave()
    {
        var rows = new ConvolutionVariants().Rows(WorkloadScale.Full);

        Assert.Equal(21, rows.Count);
        foreach (var row in rows)
        {
            var own = ConvolutionVariants.ConvolutionParameters(NetworkCatalogue.Describe(row.Label));
            Assert.Equal(row.Published![0], own + (row.Label.StartsWith("vgg", StringComparison.Ordinal) ? LastLayer : 0));
            Assert.Equal(new ConvolutionVariants().Columns.Count, row.Published.Count);
        }
    }
}

using Bitcurve.Models.Training;

namespace Bitcurve.Models.Tests.Training;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(5, 0.055)]
    [InlineData(10, 0.1)]
    [InlineData(99, 0.0001)]
    public void WarmUpCosine_Step_FollowsTheRecipe(int step, double expected)
    {
        var schedule = new LearningRateSchedule.WarmUpCosine(0.01, 0.1, 1e-4);

        Assert.Equal(expected, schedule.At(step, stepsPerEpoch: 10, epochs: 10), 1e-12);
    }

    [Theory]
    [InlineData(149, 0.1)]
    [InlineData(150, 0.01)]
    [InlineData(249, 0.01)]
    [InlineData(250, 0.001)]
    public void Stepwise_Epoch_DropsAt150And250Of350(int epoch, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule.Stepwise(0.1).At(epoch * 7, stepsPerEpoch: 7, epochs: 350), 1e-12);

    [Theory]
    [InlineData(29, 0.1)]
    [InlineData(30, 0.01)]
    [InlineData(59, 0.01)]
    [InlineData(60, 0.001)]
    [InlineData(79, 0.001)]
    [InlineData(80, 0.0001)]
    public void Milestones_ImageNetEpoch_DropsAt30And60And80Of90(int epoch, double expected) =>
        Assert.Equal(expected, TrainingRecipe.ImageNetBaseline.Schedule.At(epoch * 5004, stepsPerEpoch: 5004, epochs: 90), 1e-12);

    [Theory]
    [InlineData(9, 0.01)]
    [InlineData(10, 0.002)]
    [InlineData(20, 0.0004)]
    [InlineData(30, 0.00008)]
    public void Milestones_ImageNet32Epoch_IsAFifthEveryTen(int epoch, double expected) =>
        Assert.Equal(expected, TrainingRecipe.ImageNet32Baseline.Schedule.At(epoch * 10009, stepsPerEpoch: 10009, epochs: 40), 1e-12);
}

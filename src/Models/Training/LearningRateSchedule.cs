namespace Bitcurve.Models.Training;

/// <summary>Learning rate as a function of the step.</summary>
public abstract record LearningRateSchedule
{
    /// <param name="step">Steps done so far.</param>
    /// <param name="stepsPerEpoch">Steps of one epoch.</param>
    /// <param name="epochs">Epochs of the whole training.</param>
    public abstract double At(int step, int stepsPerEpoch, int epochs);

    public sealed record Constant(double Rate) : LearningRateSchedule
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => Rate;
    }

    /// <summary>Linear from <paramref name="Start"/> to <paramref name="Peak"/> over the first epoch, then a half cosine to <paramref name="End"/>.</summary>
    public sealed record WarmUpCosine(double Start, double Peak, double End) : LearningRateSchedule
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            if (step < stepsPerEpoch)
            {
                return Start + ((Peak - Start) * step / stepsPerEpoch);
            }

            var progress = (double)(step - stepsPerEpoch) / Math.Max(1, (stepsPerEpoch * (epochs - 1)) - 1);
            return End + ((Peak - End) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress))));
        }
    }

    /// <summary>Divided by ten at 3/7 and 5/7 of the training: epochs 150 and 250 of 350 (networks.md).</summary>
    public sealed record Stepwise(double Rate) : LearningRateSchedule
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            var progress = (double)step / (stepsPerEpoch * epochs);
            return progress < 3.0 / 7 ? Rate : progress < 5.0 / 7 ? Rate / 10 : Rate / 100;
        }
    }

    /// <summary>Divided by <paramref name="Divisor"/> at three fractions of the training, in [0,1] and ascending.</summary>
    public sealed record Milestones(double Rate, double Divisor, double First, double Second, double Third) : LearningRateSchedule
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            var progress = step / ((double)stepsPerEpoch * epochs);
            return progress < First ? Rate
                : progress < Second ? Rate / Divisor
                : progress < Third ? Rate / (Divisor * Divisor)
                : Rate / (Divisor * Divisor * Divisor);
        }
    }
}

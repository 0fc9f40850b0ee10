using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Updates parameters from their gradients.</summary>
            public abstract class Optimizer : IDisposable
            {
                /// <summary>The parameter groups; their learning rate may be changed between steps.</summary>
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                public abstract void zero_grad();

                public abstract void step();

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected abstract void Dispose(bool disposing);

                public sealed class StateDictionary
                {
                    internal StateDictionary(List<OptimizerState> state) => State = state;

                    public List<OptimizerState> State { get; }
                }
            }

            public interface ILearningRateController
            {
                double LearningRate { get; set; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class OptimizerState;

    /// <summary>An optimiser with state per parameter.</summary>
    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        /// <summary>The live per-parameter state, in parameter order.</summary>
        public abstract StateDictionary state_dict();
    }

    /// <summary>Parameters that share a learning rate.</summary>
    public sealed class ParamGroup : torch.optim.ILearningRateController
    {
        public required IReadOnlyList<Parameter> Parameters { get; init; }

        public double LearningRate { get; set; }
    }
}

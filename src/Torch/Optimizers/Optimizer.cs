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
                public abstract IEnumerable<ParamGroup> ParamGroups { get; }

                public abstract void zero_grad();

                public abstract void step();

                /// <summary>The live per-parameter state, in parameter order.</summary>
                public abstract StateDictionary state_dict();

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
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class OptimizerState;

    /// <summary>Parameters that share a learning rate.</summary>
    public sealed class ParamGroup
    {
        public required IReadOnlyList<Parameter> Parameters { get; init; }

        public double LearningRate { get; set; }
    }
}

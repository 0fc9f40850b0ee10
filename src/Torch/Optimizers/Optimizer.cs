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
    /// <summary>What an optimiser remembers of one parameter.</summary>
    public abstract class OptimizerState
    {
        /// <summary>Frees its tensors.</summary>
        internal abstract void Dispose();
    }

    /// <summary>An optimiser with state per parameter, here with one group of parameters.</summary>
    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private readonly ParamGroup group;
        private readonly List<OptimizerState> states;

        private protected OptimizerHelper(List<Parameter> parameters, double learningRate, Func<OptimizerState> newState)
        {
            group = new ParamGroup { Parameters = parameters, LearningRate = learningRate };
            states = [.. parameters.Select(_ => newState())];
        }

        public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => [group];

        /// <summary>The live per-parameter state, in parameter order.</summary>
        public StateDictionary state_dict() => new(states);

        public override void zero_grad()
        {
            foreach (var parameter in group.Parameters)
            {
                parameter.grad = null;
            }
        }

        public override void step()
        {
            using var recording = torch.no_grad();
            for (var k = 0; k < states.Count; k++)
            {
                using var scope = torch.NewDisposeScope();
                if (group.Parameters[k].grad is { } gradient)
                {
                    Update(group.Parameters[k], gradient, states[k], group.LearningRate);
                }
            }
        }

        protected override void Dispose(bool disposing) => states.ForEach(state => state.Dispose());

        /// <summary>Changes one parameter; tensors of the state that are to last must leave the dispose scope.</summary>
        private protected abstract void Update(Parameter parameter, torch.Tensor gradient, OptimizerState state, double learningRate);
    }

    /// <summary>Parameters that share a learning rate.</summary>
    public sealed class ParamGroup : torch.optim.ILearningRateController
    {
        public required IReadOnlyList<Parameter> Parameters { get; init; }

        public double LearningRate { get; set; }
    }
}

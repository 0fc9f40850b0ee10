using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent with momentum, L2 weight decay and optional Nesterov look-ahead, as PyTorch defines them.</summary>
            public static Modules.SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false) =>
                new([.. parameters], learningRate, momentum, dampening, weight_decay, nesterov);
        }
    }
}

namespace TorchSharp.Modules
{
    public sealed class SGD : OptimizerHelper
    {
        private readonly double momentum;
        private readonly double dampening;
        private readonly double weightDecay;
        private readonly bool nesterov;

        internal SGD(List<Parameter> parameters, double learningRate, double momentum, double dampening, double weightDecay, bool nesterov)
            : base(parameters, learningRate, () => new State())
        {
            if (nesterov && (momentum <= 0 || dampening != 0))
            {
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            }

            (this.momentum, this.dampening, this.weightDecay, this.nesterov) = (momentum, dampening, weightDecay, nesterov);
        }

        private protected override void Update(Parameter parameter, Tensor gradient, OptimizerState kept, double learningRate)
        {
            var state = (State)kept;
            if (weightDecay != 0)
            {
                gradient = gradient.add(parameter, alpha: weightDecay);
            }

            if (momentum != 0)
            {
                if (state.momentum_buffer is { } buffer)
                {
                    buffer.mul_(momentum).add_(gradient, alpha: 1 - dampening);
                }
                else
                {
                    state.momentum_buffer = buffer = gradient.clone().DetachFromDisposeScope();
                }

                gradient = nesterov ? gradient.add(buffer, alpha: momentum) : buffer;
            }

            parameter.add_(gradient, alpha: -learningRate);
        }

        public sealed class State : OptimizerState
        {
            /// <summary>The velocity, null before the first step. Setting it resumes a stored run.</summary>
            public Tensor? momentum_buffer;

            internal override void Dispose() => momentum_buffer?.Dispose();
        }
    }
}

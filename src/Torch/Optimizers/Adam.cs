using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam with optional L2 weight decay, as PyTorch defines it. TorchSharp's default of <paramref name="beta2"/> is not PyTorch's 0.999.</summary>
            public static Modules.Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.99, double eps = 1e-8, double weight_decay = 0) =>
                new([.. parameters], lr, beta1, beta2, eps, weight_decay);
        }
    }
}

namespace TorchSharp.Modules
{
    public sealed class Adam : OptimizerHelper
    {
        private readonly double beta1;
        private readonly double beta2;
        private readonly double eps;
        private readonly double weightDecay;

        internal Adam(List<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weightDecay)
            : base(parameters, lr, () => new State())
        {
            (this.beta1, this.beta2, this.eps, this.weightDecay) = (beta1, beta2, eps, weightDecay);
        }

        private protected override void Update(Parameter parameter, Tensor gradient, OptimizerState kept, double learningRate)
        {
            var state = (State)kept;
            if (weightDecay != 0)
            {
                gradient = gradient.add(parameter, alpha: weightDecay);
            }

            state.exp_avg ??= gradient.clone().zero_().DetachFromDisposeScope();
            state.exp_avg_sq ??= gradient.clone().zero_().DetachFromDisposeScope();
            state.step++;
            state.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
            state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);

            // Both averages start at zero: what they lack of a weighted mean is divided out.
            var denominator = state.exp_avg_sq.sqrt().mul_(1 / Math.Sqrt(1 - Math.Pow(beta2, state.step))).add_(eps);
            parameter.addcdiv_(state.exp_avg, denominator, -learningRate / (1 - Math.Pow(beta1, state.step)));
        }

        public sealed class State : OptimizerState
        {
            /// <summary>Steps taken.</summary>
            public long step;

            /// <summary>Running averages of the gradient and of its square, null before the first step.</summary>
            public Tensor? exp_avg;

            public Tensor? exp_avg_sq;

            internal override void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
            }
        }
    }
}

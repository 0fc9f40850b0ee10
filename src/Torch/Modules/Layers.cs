using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalises each channel by batch statistics (training) or running ones (evaluation).</summary>
    public abstract class BatchNorm : nn.Module<Tensor, Tensor>
    {
        private readonly double eps;
        private readonly double momentum;

        private protected BatchNorm(string name, long features, double eps, double momentum, bool affine = true)
            : base(name)
        {
            (this.eps, this.momentum) = (eps, momentum);
            using var scope = NewDisposeScope();
            if (affine)
            {
                register_parameter("weight", weight = new Parameter(ones([features])));
                register_parameter("bias", bias = new Parameter(zeros([features])));
            }

            register_buffer("running_mean", running_mean = zeros([features]));
            register_buffer("running_var", running_var = ones([features]));
            register_buffer("num_batches_tracked", num_batches_tracked = zeros([], ScalarType.Int64));
            Keep();
        }

        /// <summary>Null without an affine map.</summary>
        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public Tensor? running_mean { get; }

        public Tensor? running_var { get; }

        /// <summary>Training passes so far, one Int64.</summary>
        public Tensor? num_batches_tracked { get; }

        public override Tensor forward(Tensor input)
        {
            if (training)
            {
                num_batches_tracked!.add_(1);
            }

            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps);
        }
    }

    /// <summary>Of N x C or N x C x L.</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long features, double eps, double momentum, bool affine)
            : base(nameof(BatchNorm1d), features, eps, momentum, affine)
        {
        }
    }

    /// <summary>Of N x C x H x W.</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long features, double eps, double momentum)
            : base(nameof(BatchNorm2d), features, eps, momentum)
        {
        }
    }

    /// <summary>Of N x C x D x H x W.</summary>
    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(long features, double eps, double momentum)
            : base(nameof(BatchNorm3d), features, eps, momentum)
        {
        }
    }

    /// <summary>x W^T + b for N x in -> N x out.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias)
            : base(nameof(Linear))
        {
            // PyTorch's default: Kaiming uniform with a = sqrt(5), which is U(-1/sqrt(in), 1/sqrt(in)) for weights and bias alike.
            var bound = 1 / Math.Sqrt(inputs);
            using var scope = NewDisposeScope();
            register_parameter("weight", weight = new Parameter(empty([outputs, inputs]).uniform_(-bound, bound)));
            if (hasBias)
            {
                register_parameter("bias", bias = new Parameter(empty([outputs]).uniform_(-bound, bound)));
            }

            Keep();
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long features, double eps = 1e-05, double momentum = 0.1, bool affine = true) => new(features, eps, momentum, affine);

            public static BatchNorm3d BatchNorm3d(long features, double eps = 1e-05, double momentum = 0.1) => new(features, eps, momentum);

            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1) => new(num_features, eps, momentum);

            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true) => new(inputSize, outputSize, hasBias);
        }
    }
}

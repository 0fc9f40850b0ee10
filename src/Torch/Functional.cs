namespace TorchSharp;

public enum PaddingModes
{
    Constant = 0,
    Reflect = 1,
}

public static partial class torch
{
    public static partial class nn
    {
        public static class functional
        {
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.Conv2d.Call(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.Conv3d.Call(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.Linear.Call(input, weights, bias);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05) =>
                Ops.BatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Ops.LayerNorm.Call(input, normalized_shape, weight, bias, eps, true);

            /// <summary>x Phi(x), exactly.</summary>
            public static Tensor gelu(Tensor x) => Ops.Gelu.Call(x);

            public static Tensor relu(Tensor x, bool inplace = false) => Ops.Relu.Call(x);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null) =>
                Ops.MaxPool2d.Call(input, kernel_size, strides ?? kernel_size, padding ?? [0]);

            /// <summary>Pads the last dimensions: (left, right, top, bottom, front, back).</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant => Ops.ConstantPadNd.Call(input, pad, (Scalar)value),
                PaddingModes.Reflect when pad.Length == 4 => Ops.ReflectionPad2d.Call(input, pad),
                _ => throw new ArgumentException($"{mode} padding needs 4 extents, got {pad.Length}", nameof(pad)),
            };

            /// <summary>Mean cross-entropy of logits (N x K) against class indices (N).</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target) => Ops.CrossEntropy.Call(input, target);
        }
    }
}

namespace TorchSharp;

public enum PaddingModes
{
    Constant = 0,
    Reflect = 1,
}

/// <summary>How <see cref="torch.nn.functional.grid_sample"/> reads between positions, numbered as in libtorch.</summary>
public enum GridSampleMode
{
    Bilinear = 0,
    Nearest = 1,
}

/// <summary>What <see cref="torch.nn.functional.grid_sample"/> reads beyond the edge, numbered as in libtorch.</summary>
public enum GridSamplePaddingMode
{
    Zeros = 0,
    Border = 1,
    Reflection = 2,
}

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How a loss over many elements becomes one number, numbered as in libtorch.</summary>
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static class functional
        {
            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? outputPadding = null, long[]? dilation = null, long groups = 1) =>
                Ops.ConvTranspose2d.Call(input, weight, bias, strides ?? [1], padding ?? [0], outputPadding ?? [0], groups, dilation ?? [1]);

            public static Tensor conv_transpose3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? outputPadding = null, long[]? dilation = null, long groups = 1) =>
                Ops.ConvTranspose3d.Call(input, weight, bias, strides ?? [1], padding ?? [0], outputPadding ?? [0], groups, dilation ?? [1]);

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

            public static Tensor max_pool3d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null) =>
                Ops.MaxPool3d.Call(input, kernel_size, strides ?? kernel_size, padding ?? [0]);

            /// <summary>x where positive, else negative_slope x.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope, bool inplace = false) => Ops.LeakyRelu.Call(input, negative_slope);

            /// <summary>In training zeroes each element with probability p and scales the others up.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Ops.Dropout.Call(input, p, training);

            public static Tensor log_softmax(Tensor input, long dim) => Ops.LogSoftmax.Call(input, dim);

            /// <summary>Reads N x C x positions at points in [-1, 1] per axis (N x points x axes, x first): N x C x points, linear between positions.</summary>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                (input.ndim == 5 ? Ops.GridSampler3d : Ops.GridSampler2d).Call(input, grid, (long)mode, (long)padding_mode, align_corners ?? false);

            /// <summary>Cross-entropy of logits against probabilities of the same shape.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Ops.BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Ops.L1Loss.Call(input, target, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Ops.MseLoss.Call(input, target, (long)reduction);

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

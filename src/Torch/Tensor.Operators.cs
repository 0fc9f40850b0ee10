namespace TorchSharp;

public static partial class torch
{
    /// <summary>The operators that bitcurve uses, named and shaped as in TorchSharp (and PyTorch). A trailing underscore means in place.</summary>
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor self) => Ops.Neg.Call(self);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public Tensor add(Tensor other) => Ops.Add.Call(this, other);

        public Tensor add(Tensor other, Scalar alpha) => Ops.Add.Call(this, other, alpha);

        public Tensor add(Scalar other) => Ops.AddScalar.Call(this, other);

        public Tensor add_(Tensor other) => Ops.AddInPlace.CallInPlace(this, other);

        public Tensor add_(Tensor other, Scalar alpha) => Ops.AddInPlace.CallInPlace(this, other, alpha);

        public Tensor add_(Scalar other) => Ops.AddScalarInPlace.CallInPlace(this, other);

        public Tensor sub(Tensor other) => Ops.Sub.Call(this, other);

        public Tensor mul(Tensor other) => Ops.Mul.Call(this, other);

        public Tensor mul(Scalar other) => Ops.MulScalar.Call(this, other);

        public Tensor mul_(Tensor other) => Ops.MulInPlace.CallInPlace(this, other);

        public Tensor mul_(Scalar other) => Ops.MulScalarInPlace.CallInPlace(this, other);

        public Tensor div(Tensor other) => Ops.Div.Call(this, other);

        public Tensor div(Scalar other) => Ops.DivScalar.Call(this, other);

        /// <summary>Adds value times tensor1 times tensor2.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.AddcmulInPlace.CallInPlace(this, tensor1, tensor2, value);

        /// <summary>Adds value times tensor1 over tensor2.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.AddcdivInPlace.CallInPlace(this, tensor1, tensor2, value);

        /// <summary>Matrix product per batch entry: B x M x N times B x N x P.</summary>
        public Tensor bmm(Tensor batch2) => Ops.Bmm.Call(this, batch2);

        public Tensor sqrt() => Ops.Sqrt.Call(this);

        public Tensor abs() => Ops.Abs.Call(this);

        public Tensor floor_() => Ops.FloorInPlace.CallInPlace(this);

        /// <summary>To the nearest integer, ties to even.</summary>
        public Tensor round_() => Ops.RoundInPlace.CallInPlace(this);

        public Tensor round() => Ops.Round.Call(this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.Clamp.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.ClampInPlace.CallInPlace(this, min, max);

        public Tensor clamp_(Tensor min, Tensor max) => Ops.ClampTensorInPlace.CallInPlace(this, min, max);

        public Tensor reciprocal() => Ops.Reciprocal.Call(this);

        public Tensor exp() => Ops.Exp.Call(this);

        public Tensor log() => Ops.Log.Call(this);

        public Tensor sin() => Ops.Sin.Call(this);

        public Tensor cos() => Ops.Cos.Call(this);

        public Tensor tanh() => Ops.Tanh.Call(this);

        public Tensor sigmoid() => Ops.Sigmoid.Call(this);

        public Tensor square() => Ops.Square.Call(this);

        public Tensor rsqrt() => Ops.Rsqrt.Call(this);

        public Tensor pow(Scalar exponent) => Ops.PowScalar.Call(this, exponent);

        public Tensor floor() => Ops.Floor.Call(this);

        public Tensor softmax(long dim) => Ops.Softmax.Call(this, dim);

        public Tensor maximum(Tensor other) => Ops.Maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Ops.Minimum.Call(this, other);

        /// <summary>Product of the last two dimensions as matrices, the others broadcast.</summary>
        public Tensor matmul(Tensor target) => Ops.Matmul.Call(this, target);

        public Tensor relu() => Ops.Relu.Call(this);

        /// <summary>Mantissa in [0.5, 1) with sign, and integer exponent: x = mantissa 2^exponent; zero gives (0, 0).</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => Ops.Frexp.CallPair(this);

        public Tensor sum() => Ops.SumAll.Call(this);

        public Tensor sum(long dim, bool keepdim = false) => Ops.Sum.Call(this, new[] { dim }, keepdim);

        public Tensor mean() => Ops.MeanAll.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false) => Ops.Mean.Call(this, dimensions, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false) => Ops.Amax.Call(this, dims, keepdim);

        public Tensor amin(long[] dims, bool keepdim = false) => Ops.Amin.Call(this, dims, keepdim);

        public Tensor max() => Ops.MaxAll.Call(this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.MaxDim.CallPair(this, dim, keepdim);

        public Tensor argmax(long dim, bool keepdim = false) => Ops.Argmax.Call(this, dim, keepdim);

        public Tensor eq(Tensor target) => Ops.Eq.Call(this, target);

        public Tensor eq(Scalar target) => Ops.EqScalar.Call(this, target);

        public Tensor ge(Tensor target) => Ops.Ge.Call(this, target);

        public Tensor ge(Scalar target) => Ops.GeScalar.Call(this, target);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Ops.MaskedFillInPlace.CallInPlace(this, mask, value);

        public Tensor zero_() => Ops.ZeroInPlace.CallInPlace(this);

        public Tensor copy_(Tensor source) => Ops.CopyInPlace.CallInPlace(this, source);

        public Tensor uniform_(double from, double to) => Ops.UniformInPlace.CallInPlace(this, from, to);

        public Tensor clone() => Ops.Clone.Call(this);

        public Tensor detach() => Ops.Detach.Call(this);

        public Tensor contiguous() => Ops.Contiguous.Call(this);

        public Tensor view(params long[] shape) => Ops.View.Call(this, shape);

        public Tensor reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.Flatten.Call(this, start_dim, end_dim);

        public Tensor permute(params long[] permutation) => Ops.Permute.Call(this, permutation);

        public Tensor narrow(long dimension, long start, long length) => Ops.Narrow.Call(this, dimension, start, length);

        /// <summary>Elements start, start + step, ... below finish along a dimension.</summary>
        public Tensor slice(long dimension, long start, long finish, long step) => Ops.Slice.Call(this, dimension, start, finish, step);

        /// <summary>The elements at the indices along a dimension; elsewhere the index tensor's own position.</summary>
        public Tensor gather(long dim, Tensor index) => Ops.Gather.Call(this, dim, index);

        /// <summary>Repeats dimensions of extent 1 without a copy.</summary>
        public Tensor expand(params long[] sizes) => Ops.Expand.Call(this, sizes);

        public Tensor to_type(ScalarType type) => dtype == type ? this.alias() : Ops.ToDtype.Call(this, type);

        public Tensor alias() => Ops.Alias.Call(this);

        public Tensor to(Device device) => Ops.ToDevice.Call(this, device, dtype);

        public Tensor to(ScalarType type) => to_type(type);

        public Tensor cpu() => this.device.type == DeviceType.CPU ? alias() : to(CPU);
    }
}

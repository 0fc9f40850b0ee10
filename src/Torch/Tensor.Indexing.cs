namespace TorchSharp;

public static partial class torch
{
    /// <summary>Picking, comparing and rearranging elements, named and shaped as in TorchSharp.</summary>
    public partial class Tensor
    {
        public Tensor gt(Tensor target) => Ops.Gt.Call(this, target);

        public Tensor gt(Scalar target) => Ops.GtScalar.Call(this, target);

        public Tensor lt(Tensor target) => Ops.Lt.Call(this, target);

        public Tensor lt(Scalar target) => Ops.LtScalar.Call(this, target);

        public Tensor le(Scalar target) => Ops.LeScalar.Call(this, target);

        public Tensor ne(Scalar target) => Ops.NeScalar.Call(this, target);

        public Tensor logical_and(Tensor other) => Ops.LogicalAnd.Call(this, other);

        public Tensor logical_or(Tensor other) => Ops.LogicalOr.Call(this, other);

        public Tensor logical_not() => Ops.LogicalNot.Call(this);

        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.MaskedFill.Call(this, mask, value);

        /// <summary>The elements where the mask is true, flat.</summary>
        public Tensor masked_select(Tensor mask) => Ops.MaskedSelect.Call(this, mask);

        /// <summary>Indices of the elements that are not zero, count x dimensions, in row-major order.</summary>
        public Tensor nonzero() => Ops.Nonzero.Call(this);

        /// <summary>The slices at the indices (flat, Int64) along a dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => Ops.IndexSelect.Call(this, dim, index);

        /// <summary>A copy with the source's slices added at the indices (flat, Int64) along a dimension; an index may occur several times.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Ops.IndexAdd.Call(this, dim, index, source, alpha);

        /// <summary>Overwrites the slices at the indices (flat, Int64) along a dimension.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Ops.IndexCopyInPlace.CallInPlace(this, dim, index, source);

        /// <summary>A copy with the source's elements added at the indices along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Ops.ScatterAdd.Call(this, dim, index, src);

        /// <summary>The k largest (or smallest) elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.TopK.CallPair(this, k, dim, largest, sorted);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Ops.MinDim.CallPair(this, dim, keepdim);

        public Tensor min() => Ops.MinAll.Call(this);

        public Tensor argmin(long dim, bool keepdim = false) => Ops.Argmin.Call(this, dim, keepdim);

        public Tensor cumsum(long dim) => Ops.Cumsum.Call(this, dim);

        /// <summary>Inserts a dimension of extent 1.</summary>
        public Tensor unsqueeze(long dim) => Ops.Unsqueeze.Call(this, dim);

        /// <summary>Removes a dimension of extent 1.</summary>
        public Tensor squeeze(long dim) => Ops.SqueezeDim.Call(this, dim);

        public Tensor transpose(long dim0, long dim1) => Ops.Transpose.Call(this, dim0, dim1);

        /// <summary>Copies the whole tensor so many times along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Ops.Repeat.Call(this, sizes);

        /// <summary>Copies each slice so many times along a dimension.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null) =>
            Ops.RepeatInterleave.Call(this, repeats, dim is { } given ? given : Native.Argument.None);
    }
}

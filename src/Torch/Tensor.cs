using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. Owns one native handle; belongs to the dispose scope it was created in, if any.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;

        private nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            Interlocked.Increment(ref totalCount);
            if (register)
            {
                DisposeScope.Current?.Add(this);
            }
        }

        ~Tensor() => Release();

        /// <summary>Live native handles in this process: a test holds it constant over training steps.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        public bool IsInvalid => handle == 0;

        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == 0, this);
                return handle;
            }
        }

        public ScalarType dtype => (ScalarType)Read(NativeMethods.bitcurve_tensor_dtype(Handle));

        public long ndim => Read(NativeMethods.bitcurve_tensor_dim(Handle));

        public long ElementSize => Read(NativeMethods.bitcurve_tensor_element_size(Handle));

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[ndim];
                fixed (long* pointer = sizes)
                {
                    NativeMethods.bitcurve_tensor_sizes(Handle, pointer);
                }

                return Read(sizes);
            }
        }

        public Device device
        {
            get
            {
                NativeMethods.bitcurve_tensor_device(Handle, out var type, out var index);
                return Read(new Device((DeviceType)type, index));
            }
        }

        public bool requires_grad
        {
            get => Read(NativeMethods.bitcurve_tensor_requires_grad(Handle)) != 0;
            set
            {
                NativeMethods.Check(NativeMethods.bitcurve_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The accumulated gradient, null before the first backward pass. Setting null frees it.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.bitcurve_tensor_grad(Handle, out var result));
                return Read(result == 0 ? null : new Tensor(result));
            }

            set
            {
                NativeMethods.Check(NativeMethods.bitcurve_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>The elements' bytes, without a copy. The span is valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU or not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (device.type != DeviceType.CPU || !is_contiguous())
                {
                    throw new InvalidOperationException($"reading elements needs a contiguous CPU tensor, this one is on {device} and {(is_contiguous() ? "" : "not ")}contiguous");
                }

                NativeMethods.Check(NativeMethods.bitcurve_tensor_data_pointer(Handle, out var pointer));
                return new Span<byte>((void*)pointer, checked((int)(numel() * ElementSize)));
            }
        }

        internal DisposeScope? Scope { get; set; }

        public long numel() => Read(NativeMethods.bitcurve_tensor_numel(Handle));

        public long dim() => ndim;

        public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];

        public bool is_contiguous() => Read(NativeMethods.bitcurve_tensor_is_contiguous(Handle)) != 0;

        public unsafe long[] stride()
        {
            var strides = new long[ndim];
            fixed (long* pointer = strides)
            {
                NativeMethods.bitcurve_tensor_strides(Handle, pointer);
            }

            return Read(strides);
        }

        /// <summary>Computes the gradients of this scalar with respect to every leaf that requires one.</summary>
        public void backward()
        {
            NativeMethods.Check(NativeMethods.bitcurve_tensor_backward(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Copies the elements to an accessor, from any device and layout.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (ElementType(dtype) != typeof(T))
            {
                throw new ArgumentException($"the elements are {dtype}, not {typeof(T).Name}");
            }

            using var scope = NewDisposeScope();
            var plain = detach().cpu().contiguous();
            return new Utils.TensorAccessor<T>(MemoryMarshal.Cast<byte, T>(plain.bytes).ToArray());
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is more than one element, or the type differs.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
            {
                throw new ArgumentException($"item needs exactly one element, the tensor has {numel()}");
            }

            return data<T>()[0];
        }

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Remove(this);
            return this;
        }

        public void Dispose()
        {
            Scope?.Remove(this);
            Release();
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native handle away; this object becomes empty.</summary>
        internal nint MoveHandle()
        {
            Scope?.Remove(this);
            GC.SuppressFinalize(this);
            Interlocked.Decrement(ref totalCount);
            return Interlocked.Exchange(ref handle, 0);
        }

        private static Type? ElementType(ScalarType type) => type switch
        {
            ScalarType.Byte => typeof(byte),
            ScalarType.Int8 => typeof(sbyte),
            ScalarType.Int16 => typeof(short),
            ScalarType.Int32 => typeof(int),
            ScalarType.Int64 => typeof(long),
            ScalarType.Float16 => typeof(Half),
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            ScalarType.Bool => typeof(bool),
            _ => null,
        };

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
            {
                NativeMethods.bitcurve_tensor_free(released);
                Interlocked.Decrement(ref totalCount);
            }
        }

        // Keeps this object, and so its handle, alive until the value was read.
        private T Read<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}

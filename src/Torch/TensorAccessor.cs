using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in row-major order.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T>
    where T : unmanaged
{
    private readonly T[] elements;

    internal TensorAccessor(T[] elements) => this.elements = elements;

    public long Count => elements.Length;

    public T this[params long[] indices] => elements[indices[0]];

    public T[] ToArray() => elements;

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => elements.GetEnumerator();
}

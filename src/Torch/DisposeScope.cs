namespace TorchSharp;

/// <summary>
/// Disposes the tensors created on this thread while it was the innermost scope. Scopes belong to a thread: none may span an <c>await</c>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly DisposeScope? outer;
    private readonly HashSet<torch.Tensor> tensors = [];

    internal DisposeScope()
    {
        outer = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    /// <summary>Tensors that this scope would dispose now.</summary>
    public int DisposablesCount => tensors.Count;

    /// <exception cref="InvalidOperationException">This is not the calling thread's innermost scope.</exception>
    public void Dispose()
    {
        if (current != this)
        {
            throw new InvalidOperationException("a dispose scope must be closed on its own thread, the innermost first");
        }

        current = outer;
        foreach (var tensor in tensors)
        {
            tensor.Scope = null;
            tensor.Dispose();
        }

        tensors.Clear();
    }

    internal void Add(torch.Tensor tensor)
    {
        tensors.Add(tensor);
        tensor.Scope = this;
    }

    internal void Remove(torch.Tensor tensor)
    {
        tensors.Remove(tensor);
        tensor.Scope = null;
    }

    internal void MoveToOuter(torch.Tensor tensor)
    {
        Remove(tensor);
        outer?.Add(tensor);
    }
}

public static partial class torch
{
    /// <summary>Opens a scope: tensors created from here on are disposed with it unless moved out.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Switches recording for gradients off on this thread until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Switches recording for gradients on on this thread until disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    private sealed class GradMode : IDisposable
    {
        private readonly int previous = Native.NativeMethods.bitcurve_grad_mode();

        internal GradMode(bool enabled) => Native.NativeMethods.bitcurve_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => Native.NativeMethods.bitcurve_set_grad_mode(previous);
    }
}

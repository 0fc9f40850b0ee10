namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. Takes over the data's handle and its place in a dispose scope.</summary>
public sealed class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : this(data, data.Scope, requires_grad)
    {
    }

    private Parameter(torch.Tensor data, DisposeScope? scope, bool requires_grad)
        : base(data.MoveHandle(), register: false)
    {
        this.requires_grad = requires_grad;
        scope?.Add(this);
    }
}

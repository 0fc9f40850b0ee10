namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. Takes over the data's handle.</summary>
public sealed class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.MoveHandle(), register: false) => this.requires_grad = requires_grad;
}

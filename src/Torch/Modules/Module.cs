using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>A tree of named parameters, buffers and sub-modules. Owns and disposes them.</summary>
        public class Module : IDisposable
        {
            private readonly List<(string Name, Module Value)> modules = [];
            private readonly List<(string Name, Parameter Value)> parameterList = [];
            private readonly List<(string Name, Tensor Value)> bufferList = [];
            private readonly string name;

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers that differ between training and evaluation (batch norm) are in training mode.</summary>
            public bool training { get; private set; } = true;

            public virtual string GetName() => name;

            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule) => Add(modules, name, submodule);

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                param.DetachFromDisposeScope();
                Add(parameterList, name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor)
            {
                tensor.DetachFromDisposeScope();
                Add(bufferList, name, tensor);
            }

            public IEnumerable<(string name, Module module)> named_children() => modules;

            public IEnumerable<(string name, Module module)> named_modules() =>
                modules.SelectMany(child => child.Value.named_modules().Select(m => ($"{child.Name}.{m.name}", m.module)).Prepend((child.Name, child.Value)));

            public IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Collect(recurse, m => m.parameterList);

            public IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) => Collect(recurse, m => m.bufferList);

            public IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

            /// <summary>Parameters and buffers by path; the tensors are the module's own, not copies.</summary>
            public Dictionary<string, Tensor> state_dict() =>
                named_parameters().Select(p => (p.name, tensor: (Tensor)p.parameter)).Concat(named_buffers().Select(b => (b.name, tensor: b.buffer))).ToDictionary(e => e.name, e => e.tensor);

            /// <summary>Switches this module and all below to training (default) or evaluation.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in modules)
                {
                    child.train(train);
                }
            }

            public void eval() => train(false);

            public void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    parameter.grad = null;
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (_, child) in modules)
                {
                    child.Dispose();
                }

                foreach (var tensor in parameterList.Select(p => (Tensor)p.Value).Concat(bufferList.Select(b => b.Value)))
                {
                    tensor.Dispose();
                }
            }

            /// <summary>Moves every parameter and buffer in place, so that references to them stay valid.</summary>
            internal void MoveTo(Device device)
            {
                using var recording = no_grad();
                foreach (var tensor in state_dict().Values)
                {
                    using var moved = tensor.to(device);
                    Native.NativeMethods.Check(Native.NativeMethods.bitcurve_tensor_set_data(tensor.Handle, moved.Handle));
                }
            }

            private static void Add<T>(List<(string Name, T Value)> list, string name, T value)
            {
                if (list.Exists(entry => entry.Name == name))
                {
                    throw new InvalidOperationException($"{name} is already registered");
                }

                list.Add((name, value));
            }

            private IEnumerable<(string, T)> Collect<T>(bool recurse, Func<Module, List<(string Name, T Value)>> own)
            {
                IEnumerable<(string, T)> mine = own(this).Select(e => (e.Name, e.Value));
                return recurse
                    ? mine.Concat(modules.SelectMany(child => child.Value.Collect(true, own).Select(e => ($"{child.Name}.{e.Item1}", e.Item2))))
                    : mine;
            }
        }

        public abstract class Module<T, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }
    }
}

public static class ModuleExtensionMethods
{
    /// <summary>Moves a module to a device and returns it.</summary>
    public static T to<T>(this T module, torch.Device device)
        where T : torch.nn.Module
    {
        module.MoveTo(device);
        return module;
    }
}

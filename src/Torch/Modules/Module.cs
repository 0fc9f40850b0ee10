using System.Reflection;
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
            private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

            private readonly List<(string Name, Module Value)> modules = [];
            private readonly List<(string Name, Parameter Value)> parameterList = [];
            private readonly List<(string Name, Tensor Value)> bufferList = [];
            private readonly string name;
            private bool fieldsRegistered;

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers that differ between training and evaluation (batch norm) are in training mode.</summary>
            public bool training { get; private set; } = true;

            public virtual string GetName() => name;

            /// <summary>Adds a child; as in TorchSharp, the child's fields that hold modules, parameters or tensors become part of the child.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (name.Length == 0 || name.Contains('.'))
                {
                    throw new ArgumentException($"expected a module name without dots, got '{name}'", nameof(name));
                }

                submodule.RegisterFields();
                Add(modules, name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter. It stays in its dispose scope, as in TorchSharp: the caller detaches it.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param) => Add(parameterList, name, param);

            /// <summary>Adds a buffer. It stays in its dispose scope, as in TorchSharp: the caller detaches it.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor) => Add(bufferList, name, tensor);

            public IEnumerable<(string name, Module module)> named_children() => modules;

            /// <summary>All modules below this one, without it: first the children, then each child's descendants (TorchSharp's order, not PyTorch's).</summary>
            public IEnumerable<(string name, Module module)> named_modules() =>
                modules.Concat(modules.SelectMany(child => child.Value.named_modules().Select(m => ($"{child.Name}.{m.name}", m.module))));

            /// <summary>Each parameter once, under the first of its names.</summary>
            public IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Collect(recurse, m => m.parameterList).DistinctBy(p => p.Item2);

            /// <summary>Each buffer once, under the first of its names.</summary>
            public IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) => Collect(recurse, m => m.bufferList).DistinctBy(b => b.Item2);

            public IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

            /// <summary>Parameters and buffers by path, under every name they have; the tensors are the module's own, not copies.</summary>
            public Dictionary<string, Tensor> state_dict() =>
                Collect(true, m => m.parameterList).Select(p => (name: p.Item1, tensor: (Tensor)p.Item2)).Concat(Collect(true, m => m.bufferList)).ToDictionary(e => e.Item1, e => e.Item2);

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

                foreach (var tensor in OwnTensors())
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

            /// <summary>Takes this module's parameters and buffers out of their dispose scopes.</summary>
            private protected void Keep()
            {
                foreach (var tensor in OwnTensors())
                {
                    tensor.DetachFromDisposeScope();
                }
            }

            // Under the field's own name; what the module registered itself stays as it is.
            private void RegisterFields()
            {
                if (fieldsRegistered)
                {
                    return;
                }

                fieldsRegistered = true;
                var values = Lineage().SelectMany(type => type.GetFields(OwnFields)).Select(field => (field.Name, Value: field.GetValue(this)));
                foreach (var (name, value) in values.Where(field => !IsRegistered(field.Name)).ToList())
                {
                    switch (value)
                    {
                        case Module module:
                            register_module(name, module);
                            break;
                        case Tensor known when OwnTensors().Contains(known):
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(name, tensor);
                            break;
                    }
                }
            }

            private IEnumerable<Type> Lineage()
            {
                for (var type = GetType(); type.Assembly != typeof(Module).Assembly; type = type.BaseType!)
                {
                    yield return type;
                }
            }

            private bool IsRegistered(string name) =>
                modules.Exists(m => m.Name == name) || parameterList.Exists(p => p.Name == name) || bufferList.Exists(b => b.Name == name);

            private IEnumerable<Tensor> OwnTensors() => parameterList.Select(p => (Tensor)p.Value).Concat(bufferList.Select(b => b.Value));

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

// A REFERENCE STUB FOR TYPE-CHECKING, NEVER RUN.
//
// Declarations of exactly those members of Microsoft Orleans 10 that src/Search/Hosting/Orleans uses, with the packages' names and
// signatures and without their behaviour: every body throws. It lets the default build check the grains where the packages are missing; no
// product contains it. It is no implementation of Orleans and must never become one. Attributes keep nothing of what they are given.
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans
{
    public interface IAddressable;

    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainBase;

    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, Runtime.TickStatus status);
    }

    public interface IGrainFactory
    {
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;
    }

    public abstract class Grain : IGrainBase
    {
        protected IGrainFactory GrainFactory => throw ReferenceStub.NeverRun();

        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => throw ReferenceStub.NeverRun();

        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => throw ReferenceStub.NeverRun();

        protected void DeactivateOnIdle() => throw ReferenceStub.NeverRun();
    }

    public readonly struct DeactivationReason;

    public static class GrainExtensions
    {
        public static string GetPrimaryKeyString(this IGrainBase grain) => throw ReferenceStub.NeverRun();
    }

    public static class GrainBaseExtensions
    {
        public static Runtime.IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, Runtime.GrainTimerCreationOptions options) =>
            throw ReferenceStub.NeverRun();
    }

    public static class GrainReminderExtensions
    {
        public static Task<Runtime.IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
            throw ReferenceStub.NeverRun();

        public static Task UnregisterReminder(this IGrainBase grain, Runtime.IGrainReminder reminder) => throw ReferenceStub.NeverRun();

        public static Task<Runtime.IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) => throw ReferenceStub.NeverRun();
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
    public sealed class GenerateSerializerAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
    public sealed class ImmutableAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id => id;
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
    {
        public string Text => timeout;
    }

    internal static class ReferenceStub
    {
        internal static NotSupportedException NeverRun() => new("A reference stub for type-checking: it is never run.");
    }
}

namespace Orleans.Runtime
{
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    public interface IGrainReminder;

    public interface IGrainTimer : IDisposable;

    public readonly struct TickStatus;

    public readonly struct GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        public TimeSpan DueTime => dueTime;

        public TimeSpan Period => period;

        public bool KeepAlive { get; init; }
    }

    public class OrleansException : Exception;

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName => stateName;

        public string? StorageName => storageName;
    }
}

namespace Orleans.Core
{
    public interface IStorage
    {
        bool RecordExists { get; }

        Task WriteStateAsync();

        Task ReadStateAsync();
    }

    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Concurrency
{
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ReentrantAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OneWayAttribute : Attribute;
}

namespace Orleans.Placement
{
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class PreferLocalPlacementAttribute : Attribute;
}

namespace Orleans.Storage
{
    public class InconsistentStateException : Runtime.OrleansException;

    public interface IGrainStorageSerializer
    {
        BinaryData Serialize<T>(T input);

        T Deserialize<T>(BinaryData input);
    }
}

namespace Orleans.Serialization
{
    public class ExceptionSerializationOptions
    {
        public Func<Type, bool> SupportedExceptionTypeFilter { get; set; } = _ => throw ReferenceStub.NeverRun();
    }
}

namespace Orleans.Configuration
{
    public class ClusterOptions
    {
        public string ClusterId { get; set; } = "";

        public string ServiceId { get; set; } = "";
    }

    public class AdoNetClusteringSiloOptions
    {
        public string Invariant { get; set; } = "";

        public string ConnectionString { get; set; } = "";
    }

    public class AdoNetReminderTableOptions
    {
        public string Invariant { get; set; } = "";

        public string ConnectionString { get; set; } = "";
    }

    public class AdoNetGrainStorageOptions
    {
        public string Invariant { get; set; } = "";

        public string ConnectionString { get; set; } = "";
    }
}

namespace Orleans.Hosting
{
    public interface ISiloBuilder
    {
        IServiceCollection Services { get; }
    }

    public static class StubbedHosting
    {
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class => throw ReferenceStub.NeverRun();

        public static ISiloBuilder ConfigureEndpoints(
            this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false) =>
            throw ReferenceStub.NeverRun();

        public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, int siloPort, int gatewayPort) => throw ReferenceStub.NeverRun();

        public static ISiloBuilder UseLocalhostClustering(this ISiloBuilder builder, int siloPort, int gatewayPort) => throw ReferenceStub.NeverRun();

        public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) => throw ReferenceStub.NeverRun();

        public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<Configuration.AdoNetClusteringSiloOptions> configureOptions) =>
            throw ReferenceStub.NeverRun();

        public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<Configuration.AdoNetReminderTableOptions> configure) =>
            throw ReferenceStub.NeverRun();

        public static ISiloBuilder AddAdoNetGrainStorage(
            this ISiloBuilder builder, string name, Action<Configuration.AdoNetGrainStorageOptions> configureOptions) =>
            throw ReferenceStub.NeverRun();

        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask) =>
            throw ReferenceStub.NeverRun();
    }
}

namespace Microsoft.Extensions.Hosting
{
    public static class StubbedGenericHost
    {
        public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<Orleans.Hosting.ISiloBuilder> configureDelegate) =>
            throw Orleans.ReferenceStub.NeverRun();
    }
}

namespace System
{
    /// <summary>Of the package System.Memory.Data, which comes with Orleans.</summary>
    public class BinaryData(byte[] data)
    {
        public ReadOnlyMemory<byte> ToMemory() => throw Orleans.ReferenceStub.NeverRun();

        public int Length => data.Length;
    }
}

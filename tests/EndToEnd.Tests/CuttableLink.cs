using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A network cable: passes connections on to a server until it is cut. Loopback only.</summary>
internal sealed class CuttableLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly CancellationTokenSource closing = new();
    private readonly int target;
    private readonly Task accepting;
    private volatile bool isCut;

    internal CuttableLink(Uri server)
    {
        target = server.Port;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Breaks what is connected; whoever connects is hung up on.</summary>
    internal void Cut()
    {
        isCut = true;
        foreach (var socket in open.Keys)
        {
            socket.Close();
        }
    }

    internal void Mend() => isCut = false;

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await listener.AcceptSocketAsync(closing.Token)));
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        open[client] = open[server] = 0;
        try
        {
            if (!isCut)
            {
                await server.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or IOException)
        {
            // Cut, or the server is down: the worker sees a broken connection, as it is to.
            isCut |= closing.IsCancellationRequested;
        }
        finally
        {
            client.Dispose();
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        await using var source = new NetworkStream(from);
        await using var sink = new NetworkStream(to);
        await source.CopyToAsync(sink);
    }
}

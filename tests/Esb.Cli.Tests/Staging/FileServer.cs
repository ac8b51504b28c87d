using System.Net;

namespace Esb.Cli.Tests.Staging;

/// <summary>Serves the files of a folder over HTTP, for tools that cache what they fetch.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly string _folder;
    private readonly Task _serving;

    public FileServer(string folder)
    {
        _folder = folder;
        (_listener, Address) = Listen();
        _serving = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    // The listener does not accept port 0: a free port is chosen, and another one if it was taken meanwhile.
    private static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var file = Path.Combine(_folder, context.Request.Url!.AbsolutePath.TrimStart('/'));
                context.Response.StatusCode = File.Exists(file) ? 200 : 404;
                if (File.Exists(file) && context.Request.HttpMethod == "GET")
                    await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }
}

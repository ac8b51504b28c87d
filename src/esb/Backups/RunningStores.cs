using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Esb.AdminProtocol.Stores;
using Esb.Host.Sockets;

namespace Esb.Cli.Backups;

/// <summary>Stores that run, through their administration socket.</summary>
internal sealed class RunningStores : IStoresAdmin, IDisposable
{
    private const string SeeLog = "logs/stores.log in the state folder may say why";

    private readonly SocketPath _path;
    private readonly HttpClient _http;

    public RunningStores(string socket)
    {
        _path = SocketPath.Of(socket);
        _http = new HttpClient(UnixSocket.HttpHandler(_path.Text))
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Task<StoreContents> CountAsync(CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            using var answer = await SendAsync(HttpMethod.Get, StoresAdmin.Contents, null, cancellationToken);
            return (await answer.Content.ReadFromJsonAsync(
                StoresAdminJson.Default.StoreContents, cancellationToken))!;
        },
        "the stores did not say what they hold");

    public Task BackUpAsync(Stream target, CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            using var answer = await SendAsync(HttpMethod.Post, StoresAdmin.Backup, null, cancellationToken);
            await CopyAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), target, cancellationToken);
            return true;
        },
        "the stores ended before the backup was whole");

    public Task RestoreAsync(Stream archive, CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            using var content = new StreamContent(archive);
            using var answer = await SendAsync(HttpMethod.Post, StoresAdmin.Restore, content, cancellationToken);
            return true;
        },
        "the stores ended before they said whether the backup is restored; their data is either the old data or that "
            + "of the backup, whole");

    public void Dispose()
    {
        _http.Dispose();
        _path.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await FailureAsync(answer, cancellationToken);
    }

    private static async Task<CommandFailure> FailureAsync(
        HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return CommandFailure.Environment(
                "the running stores are of another version of ESB", "esb down, then esb up");
        var problem = await answer.Content.ReadFromJsonAsync(
            StoresAdminJson.Default.StoresProblem, cancellationToken);
        return CommandFailure.Environment(problem!.Message, problem.Help);
    }

    // Only an error of the stores is their end; one of the target is the caller's.
    private static async Task CopyAsync(Stream archive, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        while (true)
        {
            int count;
            try
            {
                count = await archive.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException e)
            {
                throw new HttpRequestException(e.Message, e);
            }

            if (count == 0)
                return;
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private static async Task<T> DoAsync<T>(Func<Task<T>> work, string failure)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw CommandFailure.Environment($"{failure}: {e.Message}", SeeLog);
        }
    }
}

using System.Net;
using Esb.AdminProtocol.Stores;
using Esb.Host.Sockets;

namespace Esb.Stores.Tests.Backups;

/// <summary>The administration socket of a process, as <c>esb</c> uses it.</summary>
internal sealed class StoresSocket(string folder) : IDisposable
{
    private readonly HttpClient _http =
        new(UnixSocket.HttpHandler(StoresAdmin.SocketOf(folder))) { BaseAddress = new Uri("http://localhost") };

    public Task<string> ContentsAsync() => _http.GetStringAsync(new Uri(StoresAdmin.Contents, UriKind.Relative));

    public async Task<byte[]> BackUpAsync()
    {
        using var answer = await BeginAsync();
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.OK);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Returns when the archive begins; its content is read by the caller.</summary>
    public Task<HttpResponseMessage> BeginAsync() => _http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, StoresAdmin.Backup), HttpCompletionOption.ResponseHeadersRead);

    public Task<(HttpStatusCode Status, string Answer)> RestoreAsync(byte[] archive) =>
        RestoreAsync(new ByteArrayContent(archive));

    public async Task<(HttpStatusCode Status, string Answer)> RestoreAsync(HttpContent archive)
    {
        using var answer = await _http.PostAsync(new Uri(StoresAdmin.Restore, UriKind.Relative), archive);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}

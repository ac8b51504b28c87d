using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Esb.AdminProtocol.Stores;
using Esb.Stores.Backups;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Stores.Server;

/// <summary>Answers requests on the administration socket, which only its owner can open.</summary>
internal sealed class AdminHandler(StoresBackups backups, ILogger<RequestHandler> log)
{
    private static readonly object Mark = new();

    /// <summary>Whether a request came through the administration socket.</summary>
    public static bool IsFor(HttpContext http) =>
        http.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Mark) == true;

    /// <summary>Marks the connections of the socket, so that no address can be mistaken for it.</summary>
    public static void Configure(ListenOptions endpoint)
    {
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => connection =>
        {
            connection.Items[Mark] = null;
            return next(connection);
        });
    }

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (BackupProblem problem) when (!http.Response.HasStarted)
        {
            Log.NotBackedUp(log, new RequestName(http.Request), problem.Message);
            await SendProblemAsync(http, problem);
        }
        catch (Exception e)
        {
            // The client sees that the answer is not whole.
            if (!http.RequestAborted.IsCancellationRequested)
                Log.NotBackedUp(log, new RequestName(http.Request), e.Message);
            http.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("GET", StoresAdmin.Contents):
                await SendAsync(http, backups.Count(), StoresAdminJson.Default.StoreContents);
                break;
            case ("POST", StoresAdmin.Backup):
                using (var prepared = await Task.Run(() => backups.Prepare(http.RequestAborted), http.RequestAborted))
                    await prepared.WriteAsync(http.Response.Body, http.RequestAborted);
                Log.BackedUp(log);
                break;
            case ("POST", StoresAdmin.Restore):
                var manifest = await backups.RestoreAsync(http.Request.Body, http.RequestAborted);
                Log.Restored(log, manifest.CreatedAt);
                await SendAsync(http, manifest, StoresAdminJson.Default.BackupManifest);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task SendProblemAsync(HttpContext http, BackupProblem problem)
    {
        // A client that is still sending reads no answer.
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.StatusCode = problem.Status;
        await SendAsync(
            http, new StoresProblem(problem.Message, problem.Help), StoresAdminJson.Default.StoresProblem);
    }

    private static async Task SendAsync<T>(HttpContext http, T document, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(document, type), http.RequestAborted);
    }
}
